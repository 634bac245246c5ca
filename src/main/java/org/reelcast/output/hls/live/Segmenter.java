package org.reelcast.output.hls.live;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.reelcast.bitstream.aac.AudioSpecificConfig;
import org.reelcast.media.AacFormat;
import org.reelcast.media.Frame;
import org.reelcast.media.H264Format;
import org.reelcast.rendition.h264.InBandSets;

/**
 * Cuts a live stream into segments and parts. A segment starts with a key frame, which is asked for when it is time; one
 * that does not come is not waited for beyond the target duration, which never changes. For one thread at a time.
 */
final class Segmenter {
    /** No part is longer: target and rounding. */
    static final long PART_TARGET_US = 500_000;
    /** A longer hole is no still picture: what follows does not go on from what was. */
    private static final long HOLE_US = 3_000_000;
    private static final long SECOND_US = 1_000_000;

    private final boolean hasPicture;
    private final long minUs;
    private final long maxUs;
    private final Output output;
    private final InBandSets sets = new InBandSets();
    private Optional<H264Format> video = Optional.empty();
    private Optional<AacFormat> audio = Optional.empty();
    private boolean changed;
    private boolean started;
    private boolean asked;
    private long segmentUs;
    private LivePart part;
    /** The leading track's last frame, which is in no part yet: it is not known how long it lasts. */
    private Frame last;
    private long lastLengthUs = 40_000;
    private final Deque<Frame> soundSince = new ArrayDeque<>();
    private final SoundGrid sound = new SoundGrid(soundSince::add);

    /** Takes what is cut. */
    interface Output {

        /**
         * A new segment begins. A camera that changes its size goes on in time: another initialization segment does.
         *
         * @param discontinuous whether it does not go on from the one before
         */
        void segment(long startUs, Optional<H264Format> video, Optional<AacFormat> audio, boolean discontinuous);

        /** A part of the segment is whole. */
        void part(LivePart part, boolean lastOfSegment);

        /** A key frame is wanted. */
        void wantKeyFrame();
    }

    /**
     * @param hasPicture whether the stream has a picture, which leads then
     * @param minUs      how long segments are at least
     * @param maxUs      and at most
     */
    Segmenter(boolean hasPicture, long minUs, long maxUs, Output output) {
        this.hasPicture = hasPicture;
        this.minUs = minUs;
        this.maxUs = maxUs;
        this.output = output;
    }

    /** Takes the frames of both tracks in the order of their times. */
    void take(Frame frame) {
        describe(frame);
        if (frame.isVideo() != hasPicture) {
            if (started && hasPicture) {
                sound.take(frame);
            }
            return;
        }
        if (!started) {
            if (!frame.isKey() || hasPicture && video.isEmpty()) {
                output.wantKeyFrame();
                return;
            }
            started = true;
            begin(frame, false);
            return;
        }
        long timeUs = frame.decodeTimeUs();
        long lengthUs = timeUs - last.decodeTimeUs();
        boolean hole = lengthUs > HOLE_US || lengthUs <= 0;
        lastLengthUs = hole ? lastLengthUs : lengthUs;
        long endUs = last.decodeTimeUs() + lastLengthUs;
        settle(endUs);
        // a tenth early is near enough: key frames that come each two seconds jitter
        boolean isLong = endUs - segmentUs >= minUs * 9 / 10;
        if (isLong && !asked && !frame.isKey()) {
            asked = true;
            output.wantKeyFrame();
        }
        if (hole || changed && frame.isKey() || isLong && frame.isKey()
                || endUs - segmentUs + lastLengthUs > maxUs) {
            part.close(endUs, soundUnitUs());
            output.part(part, true);
            begin(frame, hole);
        } else {
            last = frame;
        }
    }

    private void describe(Frame frame) {
        if (frame.format() instanceof AacFormat format && !Optional.of(format).equals(audio)) {
            changed |= audio.isPresent();
            audio = Optional.of(format);
        } else if (frame.format() instanceof H264Format format && (frame.isKey() || video.isEmpty())) {
            Optional<H264Format> now = format.config().isEmpty() ? sets.describe(frame) : Optional.of(format);
            if (now.isPresent() && !now.equals(video)) {
                changed |= video.isPresent();
                video = now;
            }
        }
    }

    private void begin(Frame frame, boolean discontinuous) {
        changed = false;
        asked = false;
        segmentUs = frame.decodeTimeUs();
        part = new LivePart(segmentUs);
        last = frame;
        output.segment(segmentUs, video, audio, discontinuous);
    }

    /** The last frame's length is known: it goes into the part, or into the next one when it would make this too long. */
    private void settle(long endUs) {
        if (endUs - part.startUs() > PART_TARGET_US && !part.isEmpty()) {
            part.close(last.decodeTimeUs(), soundUnitUs());
            output.part(part, false);
            part = new LivePart(last.decodeTimeUs());
        }
        part.add(last);
        if (sound.hasBegun()) {
            sound.fill(endUs);
        }
        while (!soundSince.isEmpty() && soundSince.peek().decodeTimeUs() < endUs) {
            part.add(soundSince.remove());
        }
    }

    private long soundUnitUs() {
        return audio.map(format -> AudioSpecificConfig.parse(format.config().bytes()).frameSamples() * SECOND_US
                / format.sampleRate()).orElse(0L);
    }

    /** The stream has ended: what is left is the last part. */
    void finish() {
        if (started) {
            long endUs = last.decodeTimeUs() + lastLengthUs;
            settle(endUs);
            part.close(endUs, soundUnitUs());
            output.part(part, true);
            started = false;
        }
    }
}
