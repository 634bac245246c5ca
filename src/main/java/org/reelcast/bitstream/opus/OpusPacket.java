package org.reelcast.bitstream.opus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.reelcast.media.Slice;

/** What an Opus packet says of itself (RFC 6716 section 3.1). */
public final class OpusPacket {
    /* Microseconds of one frame, by the last bits of the configuration number (RFC 6716, table 2). */
    private static final int[] SILK_US = {10_000, 20_000, 40_000, 60_000};
    private static final int[] HYBRID_US = {10_000, 20_000};
    private static final int[] CELT_US = {2_500, 5_000, 10_000, 20_000};
    private static final int FIRST_HYBRID = 12;
    private static final int FIRST_CELT = 16;

    private static final int MAX_FRAME_BYTES = 1275;
    private static final long MAX_PACKET_US = 120_000;

    private OpusPacket() {}

    /** How long it sounds, in µs; 0 when it is too short to tell. */
    public static long durationUs(Slice packet) {
        if (packet.length() == 0) {
            return 0;
        }
        int toc = packet.array()[packet.offset()] & 0xff;
        int frames =
                switch (toc & 3) {
                    case 0 -> 1;
                    case 1, 2 -> 2;
                    default -> packet.length() < 2 ? 0 : packet.array()[packet.offset() + 1] & 0x3f;
                };
        return (long) frames * frameUs(toc >> 3);
    }

    private static int frameUs(int configuration) {
        if (configuration < FIRST_HYBRID) {
            return SILK_US[configuration & 3];
        }
        return configuration < FIRST_CELT ? HYBRID_US[configuration & 1] : CELT_US[configuration & 3];
    }

    /**
     * The packet's frames as packets of their own (RFC 6716 section 3.2), copied and not decoded; the packet alone when
     * it holds one frame, or is none by the rules.
     */
    public static List<Slice> split(Slice packet) {
        int[] lengths = frameLengths(packet);
        if (lengths.length < 2) {
            return List.of(packet);
        }
        byte toc = (byte) (packet.array()[packet.offset()] & 0xfc);
        int at = packet.offset() + lengths[0];
        List<Slice> frames = new ArrayList<>(lengths.length - 1);
        for (int i = 1; i < lengths.length; i++) {
            byte[] frame = new byte[1 + lengths[i]];
            frame[0] = toc;
            System.arraycopy(packet.array(), at, frame, 1, lengths[i]);
            frames.add(Slice.of(frame));
            at += lengths[i];
        }
        return frames;
    }

    /** Where the first frame begins, and how long each is; nothing when there are not several. */
    private static int[] frameLengths(Slice packet) {
        Lengths lengths = new Lengths(packet);
        int[] none = {};
        if (packet.length() < 2 || durationUs(packet) > MAX_PACKET_US) {
            return none;
        }
        int[] found =
                switch (packet.array()[packet.offset()] & 3) {
                    case 1 -> lengths.equal(1, 2, packet.length());
                    case 2 -> lengths.given(1, 2, packet.length());
                    case 3 -> lengths.many();
                    default -> none;
                };
        for (int i = 1; i < found.length; i++) {
            if (found[i] < 0 || found[i] > MAX_FRAME_BYTES) {
                return none;
            }
        }
        return found;
    }

    /** Reads how long the frames of a packet are; positions count from its beginning. */
    private record Lengths(Slice packet) {

        private int u8(int at) {
            return packet.array()[packet.offset() + at] & 0xff;
        }

        private int[] equal(int at, int count, int end) {
            if (count == 0 || end < at || (end - at) % count != 0) {
                return new int[0];
            }
            int[] lengths = new int[1 + count];
            Arrays.fill(lengths, (end - at) / count);
            lengths[0] = at;
            return lengths;
        }

        /** All but the last say it themselves, in one or two bytes (RFC 6716 section 3.2.1). */
        private int[] given(int from, int count, int end) {
            int[] lengths = new int[1 + count];
            int at = from;
            int sum = 0;
            for (int i = 1; i < count; i++) {
                if (at >= end || u8(at) >= 252 && at + 1 >= end) {
                    return new int[0];
                }
                boolean two = u8(at) >= 252;
                lengths[i] = two ? u8(at) + 4 * u8(at + 1) : u8(at);
                at += two ? 2 : 1;
                sum += lengths[i];
            }
            lengths[0] = at;
            lengths[count] = end - at - sum;
            return count == 0 ? new int[0] : lengths;
        }

        /** A byte that says how many, then padding (RFC 6716 section 3.2.5). */
        private int[] many() {
            int flags = u8(1);
            int at = 2;
            int end = packet.length();
            boolean padded = (flags & 0x40) != 0;
            while (padded) {
                if (at >= end) {
                    return new int[0];
                }
                int padding = u8(at++);
                padded = padding == 255;
                end -= padded ? 254 : padding;
            }
            return (flags & 0x80) == 0 ? equal(at, flags & 0x3f, end) : given(at, flags & 0x3f, end);
        }
    }
}
