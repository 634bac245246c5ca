/** Streams in another size, at another rate or bitrate, made of streams that others may join. */
package org.reelcast.process.transcoder;
