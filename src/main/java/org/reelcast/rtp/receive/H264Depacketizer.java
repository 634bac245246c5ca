package org.reelcast.rtp.receive;

import java.util.Arrays;
import org.reelcast.bitstream.BigEndian;
import org.reelcast.bitstream.h264.NalType;
import org.reelcast.media.Slice;

/**
 * Puts access units together from payloads in order: single NAL units, STAP-A and FU-A, that is packetization modes 0
 * and 1 (RFC 6184 sections 5.6 to 5.8). An access unit ends with the marker bit or where the timestamp changes. One
 * with a hole or with a payload that cannot be is not given out.
 */
public final class H264Depacketizer implements ReorderBuffer.Target {
    private static final int LAST_NAL_TYPE = 23;
    private static final int STAP_A = 24;
    private static final int FU_A = 28;
    private static final int FU_START = 0x80;
    private static final int FU_END = 0x40;
    private static final int MAX_BYTES = 8 << 20;
    private static final int MAX_NALS = 1024;

    private final Target target;
    private byte[] bytes = new byte[64 << 10];
    private int length;
    private int[] ends = new int[16];
    private int nals;
    private boolean key;
    private boolean inFragments;
    private boolean damaged;
    private boolean afterGap;
    private boolean open;
    private long timestamp;
    private int notes;
    private long malformed;

    /** Takes access units. */
    public interface Target {
        /**
         * @param key   whether it holds an IDR picture
         * @param nals  without access unit delimiters; theirs to keep
         * @param notes of the packet that ended it
         */
        void accessUnit(long timestamp, boolean key, Slice[] nals, int notes);

        /** An access unit was lost, or part of it. */
        void damage();
    }

    public H264Depacketizer(Target target) {
        this.target = target;
    }

    @Override
    public void packet(byte[] b, int at, int size, long packetTimestamp, boolean marker, int packetNotes) {
        if (open && packetTimestamp != timestamp) {
            end();
        }
        if (size == 0) {
            // padding that probes the path: belongs to no frame, but a marker on it still ends one
            if (open && marker) {
                end();
            }
            return;
        }
        if (afterGap && !open && !begins(b, at, size)) {
            damaged = true;
        }
        afterGap = false;
        open = true;
        timestamp = packetTimestamp;
        notes = packetNotes;
        if (!damaged && !payload(b, at, size)) {
            malformed++;
            damaged = true;
        }
        if (marker) {
            end();
        }
    }

    @Override
    public void gap() {
        afterGap = true;
        if (open) {
            damaged = true;
        } else {
            target.damage();
        }
    }

    /** Payloads that could not be read. */
    public long malformed() {
        return malformed;
    }

    /** The source starts anew. */
    public void reset() {
        clear();
        afterGap = false;
    }

    /** Whether an access unit can start with this payload; behind a gap its first packets may be what is missing. */
    private static boolean begins(byte[] b, int at, int size) {
        int type = NalType.of(b[at]);
        if (type == FU_A) {
            return size > 2 && (b[at + 1] & FU_START) != 0 && beginsWith(NalType.of(b[at + 1]), b[at + 2]);
        }
        if (type == STAP_A) {
            return size > 4 && beginsWith(NalType.of(b[at + 3]), b[at + 4]);
        }
        return size > 1 && beginsWith(type, b[at + 1]);
    }

    /** first_mb_in_slice is 0 when the first bit behind the NAL header is set (ITU-T H.264 sections 7.3.3, 9.1). */
    private static boolean beginsWith(int type, byte afterHeader) {
        return type == NalType.AUD
                || type == NalType.SPS
                || type == NalType.SEI
                || (type == NalType.SLICE || type == NalType.IDR) && afterHeader < 0;
    }

    private boolean payload(byte[] b, int at, int size) {
        int type = NalType.of(b[at]);
        if (type == FU_A) {
            return fragment(b, at, size);
        }
        if (inFragments) {
            return false;
        }
        if (type == STAP_A) {
            return aggregate(b, at + 1, at + size);
        }
        return type > 0 && type <= LAST_NAL_TYPE && nal(b, at, size);
    }

    private boolean aggregate(byte[] b, int from, int end) {
        int at = from;
        while (at + 2 < end) {
            int size = BigEndian.u16(b, at);
            int type = NalType.of(b[at + 2]);
            if (size == 0 || at + 2 + size > end || type == 0 || type > LAST_NAL_TYPE || !nal(b, at + 2, size)) {
                return false;
            }
            at += 2 + size;
        }
        return at == end && at > from;
    }

    private boolean fragment(byte[] b, int at, int size) {
        if (size < 3) {
            return false;
        }
        int header = b[at + 1];
        boolean start = (header & FU_START) != 0;
        if (start == inFragments) {
            return false;
        }
        int type = NalType.of(b[at + 1]);
        if (start) {
            if (type == 0 || type > LAST_NAL_TYPE || !room(1)) {
                return false;
            }
            bytes[length++] = (byte) (b[at] & 0xe0 | type);
            inFragments = true;
        }
        if (!append(b, at + 2, size - 2)) {
            return false;
        }
        if ((header & FU_END) != 0) {
            inFragments = false;
            return endNal(type);
        }
        return true;
    }

    private boolean nal(byte[] b, int at, int size) {
        int type = NalType.of(b[at]);
        return type == NalType.AUD || append(b, at, size) && endNal(type);
    }

    private boolean append(byte[] b, int at, int size) {
        if (!room(size)) {
            return false;
        }
        System.arraycopy(b, at, bytes, length, size);
        length += size;
        return true;
    }

    private boolean room(int size) {
        if (length + size > MAX_BYTES) {
            return false;
        }
        if (length + size > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(MAX_BYTES, Math.max(bytes.length * 2, length + size)));
        }
        return true;
    }

    private boolean endNal(int type) {
        if (nals == MAX_NALS) {
            return false;
        }
        if (nals == ends.length) {
            ends = Arrays.copyOf(ends, nals * 2);
        }
        ends[nals++] = length;
        key |= type == NalType.IDR;
        return true;
    }

    private void end() {
        if (damaged || inFragments) {
            clear();
            target.damage();
            return;
        }
        int count = nals;
        if (count > 0) {
            byte[] own = Arrays.copyOf(bytes, length);
            Slice[] slices = new Slice[count];
            int from = 0;
            for (int i = 0; i < count; i++) {
                slices[i] = new Slice(own, from, ends[i] - from);
                from = ends[i];
            }
            boolean wasKey = key;
            clear();
            target.accessUnit(timestamp, wasKey, slices, notes);
        }
        clear();
    }

    private void clear() {
        length = 0;
        nals = 0;
        key = false;
        inFragments = false;
        damaged = false;
        open = false;
    }
}
