package org.reelcast.mpegts;

/** A segment's part of one elementary stream, in units of which each becomes a PES packet. */
interface PesStream {
    Pid pid();

    /** Whether its packets carry the program's clock. */
    boolean isClocked();

    /** Units. */
    int count();

    /** When a unit is due in the order of the stream, in ticks. */
    long time(int unit);

    /** How long after the last unit was due a unit may still be presented, in ticks. */
    long delay();

    /** Bytes of the unit's PES packet. */
    int bytes(int unit);

    /** Whether decoding can start at a unit. */
    boolean isEntry(int unit);

    /** Puts the unit's PES packet, which is begun. */
    void put(int unit, PacketWriter out);
}
