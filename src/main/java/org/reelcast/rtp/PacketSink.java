package org.reelcast.rtp;

/**
 * Where the send path puts finished packets: encrypted, batched and sent behind it. The caller writes each packet
 * straight into the sink's array, so a payload is copied once on its way.
 *
 * <p>{@code reserve}, write, {@code commit...}; at the end of a run of packets {@code flush}. No allocation, no
 * exception in between.
 */
public interface PacketSink {

    /** The array that {@link #reserve} gives room in; may change from one reserve to the next. */
    byte[] array();

    /**
     * Makes room for one packet and what encryption adds.
     *
     * @param length the packet's length in bytes before encryption
     * @return the offset in {@link #array()} at which to write the packet
     */
    int reserve(int length);

    /** The reserved packet is written and is RTP (RFC 3550 section 5.1). */
    void commitRtp(int length);

    /** The reserved packet is written and is compound RTCP (RFC 3550 section 6.1). */
    void commitRtcp(int length);

    /** Nothing more for now: send what was gathered. */
    void flush();
}
