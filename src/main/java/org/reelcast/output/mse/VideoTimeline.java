package org.reelcast.output.mse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.reelcast.bitstream.h264.HeldPictures;
import org.reelcast.bitstream.h264.NalType;
import org.reelcast.bitstream.h264.Sps;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;

/** The picture of a stream, with held pictures where none comes. */
final class VideoTimeline {
    /** The usual distance between pictures, as far as held ones keep it. */
    private static final long MIN_INTERVAL_US = 16_000;

    private static final long MAX_INTERVAL_US = 200_000;
    private static final long FIRST_INTERVAL_US = 40_000;
    /** A picture that comes so much too early follows the last one at once. */
    private static final long TOLERANCE_US = 200_000;

    private static final long STEP_US = 1_000;

    private final Consumer<MediaUnit> out;
    private MediaUnit.Look look;
    private List<byte[]> sps = List.of();
    private List<byte[]> pps = List.of();
    private HeldPictures held;
    private byte[] heldSet;
    private boolean awaitsKey = true;
    private long lastUs = Long.MIN_VALUE;
    private long intervalUs = FIRST_INTERVAL_US;

    VideoTimeline(Consumer<MediaUnit> out) {
        this.out = out;
    }

    /** When the last picture was. */
    long lastUs() {
        return lastUs;
    }

    /** @return false when the next key frame is needed */
    boolean take(Frame frame, long timeUs) {
        long us = timeUs;
        if (lastUs != Long.MIN_VALUE && us <= lastUs) {
            awaitsKey |= us < lastUs - TOLERANCE_US;
            us = lastUs + STEP_US;
        }
        if (awaitsKey && !frame.isKey()) {
            return false;
        }
        awaitsKey = false;
        if (lastUs != Long.MIN_VALUE) {
            if (us - lastUs > FeedTimeline.PATIENCE_US) {
                hold(us - intervalUs, intervalUs);
            } else {
                intervalUs = Math.max(MIN_INTERVAL_US, Math.min(MAX_INTERVAL_US, us - lastUs));
            }
        }
        if (frame.isKey()) {
            look(frame);
        }
        if (look == null) {
            awaitsKey = true;
            return false;
        }
        follow(frame);
        lastUs = us;
        out.accept(new MediaUnit(
                look,
                frame.isKey(),
                frame.presentationTimeUs(),
                us,
                frame.isKey() ? key(frame) : Records.picture(frame),
                frame.isKey() && held != null ? again() : null));
        return true;
    }

    /** The parameter sets in force are those of the key frame, or were of one before it. */
    private void look(Frame frame) {
        List<byte[]> newSps = units(frame, NalType.SPS);
        List<byte[]> newPps = units(frame, NalType.PPS);
        if (newSps.isEmpty() || newPps.isEmpty() || same(newSps, sps) && same(newPps, pps)) {
            return;
        }
        sps = newSps;
        pps = newPps;
        held = HeldPictures.of(Sps.parse(sps.get(0), 0, sps.get(0).length), pps).orElse(null);
        heldSet = held == null ? null : held.parameterSet();
        List<byte[]> all = new ArrayList<>(pps);
        if (held != null) {
            all.add(heldSet);
        }
        look = new MediaUnit.Look(
                Records.pictureConfig(sps, all),
                frame.format().width(),
                frame.format().height());
    }

    private static List<byte[]> units(Frame frame, int type) {
        List<byte[]> units = new ArrayList<>();
        for (int i = 0; i < frame.slices(); i++) {
            Slice slice = frame.slice(i);
            if (slice.length() >= 4 && NalType.of(slice.array()[slice.offset()]) == type) {
                units.add(Arrays.copyOfRange(slice.array(), slice.offset(), slice.offset() + slice.length()));
            }
        }
        return units;
    }

    private static boolean same(List<byte[]> some, List<byte[]> others) {
        return Arrays.deepEquals(some.toArray(), others.toArray());
    }

    /** Browsers that were given the configuration once find all parameter sets here, too. */
    private byte[] key(Frame frame) {
        List<Slice> units = new ArrayList<>();
        boolean before = true;
        for (int i = 0; i < frame.slices(); i++) {
            Slice slice = frame.slice(i);
            if (before && held != null && isSlice(slice)) {
                units.add(Slice.of(heldSet));
                before = false;
            }
            units.add(slice);
        }
        return Records.picture(true, units.toArray(Slice[]::new));
    }

    private void follow(Frame frame) {
        for (int i = 0; held != null && i < frame.slices(); i++) {
            Slice slice = frame.slice(i);
            if (isSlice(slice)) {
                held.follow(slice.array(), slice.offset(), slice.length());
                return;
            }
        }
    }

    private static boolean isSlice(Slice unit) {
        int type = unit.length() < 2 ? 0 : NalType.of(unit.array()[unit.offset()]);
        return type == NalType.IDR || type == NalType.SLICE;
    }

    /** Holds the last picture until then, by pictures at their usual distance. */
    void hold(long untilUs) {
        hold(untilUs, intervalUs);
    }

    /** Holds the last picture until then, by as many as browsers want behind it to show it. */
    void end(long untilUs) {
        hold(untilUs, Math.min(intervalUs, FIRST_INTERVAL_US));
    }

    private void hold(long untilUs, long stepUs) {
        if (look == null || lastUs == Long.MIN_VALUE) {
            return;
        }
        while (held != null && lastUs + stepUs <= untilUs) {
            lastUs += stepUs;
            out.accept(new MediaUnit(look, false, lastUs, lastUs, again(), null));
        }
    }

    /** The last picture once more. */
    private byte[] again() {
        return Records.picture(false, Slice.of(held.picture()));
    }
}
