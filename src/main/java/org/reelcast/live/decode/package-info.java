/** Streams of the hub decoded while they play: pictures and samples, each stream once for all who take them. */
package org.reelcast.live.decode;
