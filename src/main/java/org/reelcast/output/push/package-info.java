/** Streams that are pushed to RTMP and RTMPS servers: {@code /push}. */
package org.reelcast.output.push;
