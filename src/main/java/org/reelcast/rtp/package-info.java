/** The send side of RTP for one viewer, without I/O and clock: packetisers, history for NACK and RTX, pacing, RTCP. */
package org.reelcast.rtp;
