/** Streams that are encoded here, of pictures and sound that somebody makes: one encoder for all who take them. */
package org.reelcast.live.encode;
