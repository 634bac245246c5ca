package org.reelcast.rtp;

import org.reelcast.bitstream.h264.NalType;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;

/**
 * RTP payload format for H.264 in the non-interleaved mode, packetization-mode=1 (RFC 6184 section 6.3), or in the single
 * NAL unit mode (6.2), whose packets hold one NAL unit each: what is longer than a packet is left out there.
 *
 * <p>Neighbouring small NAL units (parameter sets, SEI, small slices) go together in a STAP-A (5.7.1), a NAL unit that
 * fits goes alone (5.6), a larger one is cut into FU-A (5.8) of equal length, the last one by padding: such a run
 * leaves as one segmented UDP send, with room for a shorter packet behind it. Access unit delimiters and filler data
 * carry nothing a receiver of RTP needs and are left out, likewise NAL unit types that RFC 6184 uses for itself.
 */
public final class H264Packetizer implements Packetizer {
    private static final int NRI_MASK = 0x60;
    private static final int F_AND_NRI_MASK = 0xe0;
    private static final int LAST_NAL_TYPE = 23;
    private static final int STAP_A = 24;
    private static final int FU_A = 28;
    private static final int FU_START = 0x80;
    private static final int FU_END = 0x40;
    private static final int FU_HEADERS = 2;
    private static final int LENGTH_FIELD = 2;
    private static final int MIN_PAYLOAD = 64;
    /** RFC 3550 section 5.1: the last byte of the padding counts it. */
    private static final int MAX_PADDING = 255;

    private final int maxPayload;
    private final boolean single;

    /** @param maxPayload bytes of RTP payload at most, {@value #MIN_PAYLOAD} to 65535 */
    public H264Packetizer(int maxPayload) {
        this(maxPayload, false);
    }

    /** @param single whether in the single NAL unit mode */
    H264Packetizer(int maxPayload, boolean single) {
        if (maxPayload < MIN_PAYLOAD || maxPayload > 0xffff) {
            throw new IllegalArgumentException("RTP payloads of at most " + maxPayload + " bytes cannot carry H.264");
        }
        this.maxPayload = maxPayload;
        this.single = single;
    }

    @Override
    public RtpFrame packetize(Frame frame) {
        RtpFrame.Builder builder = new RtpFrame.Builder(frame, frame.size() / maxPayload + frame.slices() + 1);
        int slices = frame.slices();
        int i = 0;
        while (i < slices) {
            Slice nal = frame.slice(i);
            if (!sendable(nal)) {
                i++;
            } else if (single) {
                if (nal.length() <= maxPayload) {
                    builder.packet(0, i, 0, nal.length());
                }
                i++;
            } else if (nal.length() > maxPayload) {
                fragment(builder, i, nal);
                i++;
            } else {
                i = aggregate(builder, frame, i);
            }
        }
        if (nothingRefersTo(frame)) {
            builder.disposable();
        }
        return builder.build(true);
    }

    /** Whether nal_ref_idc is 0 in all that is sent: no other picture is predicted from this one (H.264 7.4.1). */
    private static boolean nothingRefersTo(Frame frame) {
        for (int i = 0; i < frame.slices(); i++) {
            Slice nal = frame.slice(i);
            if (sendable(nal) && (header(nal) & NRI_MASK) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Puts the NAL unit {@code first} and as many of the next as fit into one packet; returns the first left over. */
    private int aggregate(RtpFrame.Builder builder, Frame frame, int first) {
        int size = 1;
        int nals = 0;
        int indicator = STAP_A;
        int end = first;
        for (; end < frame.slices(); end++) {
            Slice nal = frame.slice(end);
            if (!sendable(nal)) {
                continue;
            }
            if (size + LENGTH_FIELD + nal.length() > maxPayload) {
                break;
            }
            size += LENGTH_FIELD + nal.length();
            nals++;
            indicator = merge(indicator, header(nal));
        }
        if (nals < 2) {
            builder.packet(0, first, 0, frame.slice(first).length());
            return nals == 0 ? first + 1 : end;
        }
        builder.head(indicator);
        for (int i = first; i < end; i++) {
            Slice nal = frame.slice(i);
            if (sendable(nal)) {
                builder.head(nal.length() >> 8);
                builder.head(nal.length());
                builder.head(nal.array(), nal.offset(), nal.length());
            }
        }
        builder.packet(size, 0, 0, 0);
        return end;
    }

    private void fragment(RtpFrame.Builder builder, int slice, Slice nal) {
        int left = nal.length() - 1;
        int room = maxPayload - FU_HEADERS;
        int fragments = (left + room - 1) / room;
        int length = (left + fragments - 1) / fragments;
        int indicator = header(nal) & F_AND_NRI_MASK | FU_A;
        int type = type(nal);
        int at = 1;
        for (int i = 0; i < fragments; i++) {
            int part = Math.min(length, left);
            builder.head(indicator);
            builder.head(type | (i == 0 ? FU_START : 0) | (i == fragments - 1 ? FU_END : 0));
            int missing = length - part;
            builder.packet(FU_HEADERS, slice, at, part, missing <= MAX_PADDING ? missing : 0);
            at += part;
            left -= part;
        }
    }

    private static boolean sendable(Slice nal) {
        if (nal.length() == 0) {
            return false;
        }
        int type = type(nal);
        return type > 0 && type <= LAST_NAL_TYPE && type != NalType.AUD && type != NalType.FILLER;
    }

    /** F is set when any is, NRI is the largest (RFC 6184 section 5.7). */
    private static int merge(int indicator, int header) {
        int nri = Math.max(indicator & NRI_MASK, header & NRI_MASK);
        return (indicator | header) & 0x80 | nri | STAP_A;
    }

    private static int header(Slice nal) {
        return nal.array()[nal.offset()] & 0xff;
    }

    private static int type(Slice nal) {
        return NalType.of(nal.array()[nal.offset()]);
    }
}
