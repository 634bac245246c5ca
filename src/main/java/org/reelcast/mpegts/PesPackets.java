package org.reelcast.mpegts;

/**
 * How many transport packets each unit of a stream takes. In all they are a multiple of sixteen, so that the continuity
 * counter ends a segment where the next one begins it, whichever that is: the longest unit is spread over more packets
 * than it needs.
 */
final class PesPackets {
    /** The counter has four bits. */
    static final int ROUND = 16;

    private final PesStream stream;
    private final int total;
    private int longest;
    private final int more;

    PesPackets(PesStream stream) {
        this.stream = stream;
        int fewest = 0;
        for (int i = 0; i < stream.count(); i++) {
            fewest = Math.addExact(fewest, fewest(i));
            longest = stream.bytes(i) > stream.bytes(longest) ? i : longest;
        }
        more = -fewest & ROUND - 1;
        total = Math.addExact(fewest, more);
    }

    private int fewest(int unit) {
        return PacketWriter.packets(stream.bytes(unit), stream.isClocked());
    }

    /** Of all units. */
    int total() {
        return total;
    }

    /** @param clock the program's clock in 33 bits, for a stream that carries it */
    void write(int unit, long clock, PacketWriter out) {
        out.pes(
                stream.pid(),
                stream.bytes(unit),
                fewest(unit) + (unit == longest ? more : 0),
                stream.isClocked() ? clock : PacketWriter.NO_CLOCK,
                stream.isEntry(unit));
        stream.put(unit, out);
    }
}
