/**
 * The receive side of RTP: reordering, depacketisers, lost packets asked for again, sender clocks put on the
 * server's.
 */
package org.reelcast.rtp.receive;
