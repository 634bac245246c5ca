package org.reelcast.output.hls.live;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.reelcast.bitstream.aac.AudioSpecificConfig;
import org.reelcast.media.AacFormat;
import org.reelcast.media.Frame;
import org.reelcast.media.H264Format;
import org.reelcast.rendition.h264.InBandSets;
import org.reelcast.segment.PartGrid;

/**
 * Cuts a live stream into segments and parts. A segment starts with a key frame, which is asked for when it is time; one
 * that does not come is not waited for beyond the target duration, which never changes. For one thread at a time.
 */
final class Segmenter {
    /** No part is longer: target and rounding. */
    static final long PART_TARGET_US = 500_000;
    /** Key frames are asked for so that they come when a part has this length. */
    private static final long AIM_US = 400_000;

    private static final long AIM_WITHIN_US = 100_000;
    /**
     * EXTINF, rounded to whole seconds, is no more than the target duration then (RFC 8216 section 4.3.3.1), although the
     * last picture may stand longer than the one before.
     */
    private static final long ROUNDED_US = 250_000;
    /** A longer hole is no still picture: what follows does not go on from what was. */
    static final long HOLE_US = 3_000_000;

    /** Sound that waits for a picture longer than that comes to none. */
    private static final long LONGEST_SOUND_US = 10_000_000;

    private static final long SECOND_US = 1_000_000;
    /** Sound that is transcoded first begins later than its picture: players take none that begins in a later segment. */
    private static final long SOUND_WAIT_US = 2_000_000;

    private final boolean hasPicture;
    private final boolean hasSound;
    private final long minUs;
    private final long maxUs;
    private final Output output;
    private final InBandSets sets = new InBandSets();
    private Optional<H264Format> video = Optional.empty();
    private Optional<AacFormat> audio = Optional.empty();
    /** How the picture of this segment is coded; empty without. */
    private Optional<H264Format> segmentVideo = Optional.empty();
    /** The same of its sound. */
    private Optional<AacFormat> segmentAudio = Optional.empty();

    private long firstUs = Long.MIN_VALUE;
    private boolean changed;
    private boolean started;
    private boolean asked;
    private long askedUs;
    /** How long the camera took the last time until its key frame was there. */
    private long answerUs = 150_000;
    /** Whether the segment went on behind a key frame that would have left a short part. */
    private boolean waited;
    /** Whether the source does so when it likes, whatever it is asked. */
    private boolean deaf;

    private long segmentUs;
    private LivePart part;
    /** The leading track's last frame, which is in no part yet: it is not known how long it lasts. */
    private Frame last;

    private long lastLengthUs = 40_000;
    private final Deque<Frame> soundSince = new ArrayDeque<>();
    private final AudioGrid sound = new AudioGrid(soundSince::add);

    /** Takes what is cut. */
    interface Output {

        /**
         * A new segment begins. A camera that changes its size goes on in time: another initialization segment does. With
         * another number of tracks it does not go on (RFC 8216 section 4.3.2.3).
         *
         * @param discontinuous whether it does not go on from the one before
         */
        void segment(long startUs, Optional<H264Format> video, Optional<AacFormat> audio, boolean discontinuous);

        /** A part of the segment is whole. */
        void part(LivePart part, boolean lastOfSegment);

        /** The segment ends with the part that came last. */
        void endOfSegment();

        /** A key frame is wanted. */
        void wantKeyFrame();
    }

    /**
     * @param hasPicture whether the stream has a picture, which leads then
     * @param hasSound   whether it has sound
     * @param minUs      how long segments are at least
     * @param maxUs      and at most
     */
    Segmenter(boolean hasPicture, boolean hasSound, long minUs, long maxUs, Output output) {
        this.hasPicture = hasPicture;
        this.hasSound = hasSound;
        this.minUs = minUs;
        this.maxUs = maxUs;
        this.output = output;
    }

    /** Takes the frames of both tracks in the order of their times. */
    void take(Frame frame) {
        describe(frame);
        if (frame.isVideo() != hasPicture) {
            // what is coded in another way waits for a segment that says so
            if (started && hasPicture && frame.format().equals(segmentAudio.orElse(null))) {
                sound.take(frame);
                dropSound(frame.decodeTimeUs() - LONGEST_SOUND_US);
            }
            return;
        }
        if (!started) {
            if (hasPicture && isSoundAwaited(frame)) {
                return;
            }
            if (!frame.isKey() || hasPicture && video.isEmpty()) {
                output.wantKeyFrame();
                return;
            }
            begin(frame, false);
            started = true;
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
        if (isLong && !asked && !frame.isKey() && isTimeToAsk(endUs)) {
            asked = true;
            askedUs = endUs;
            output.wantKeyFrame();
        }
        if (asked && frame.isKey()) {
            answerUs = endUs - askedUs;
        }
        if (hole
                || changed && frame.isKey()
                || isLong && frame.isKey() && !isTooShort(endUs)
                || endUs - segmentUs + lastLengthUs > maxUs + (waited ? ROUNDED_US : 0)) {
            deaf |= waited && (!frame.isKey() || endUs - askedUs > 2 * PART_TARGET_US);
            if (frame.isKey() && !hole && !video.equals(segmentVideo) && isShortLast(endUs)) {
                takeThePlaceOfThePart(frame);
            } else {
                part.close(endUs, soundUnitUs());
                output.part(part, true);
                if (hole) {
                    dropSound(timeUs);
                }
                begin(frame, hole);
            }
        } else {
            last = frame;
        }
    }

    /** Whether the part would be the last of several, and too short for players. */
    private boolean isShortLast(long endUs) {
        return endUs - part.startUs() < PartGrid.SHORTEST_LAST_US && part.startUs() > segmentUs;
    }

    /** The size changes a little earlier: the pictures of a part that is too short are left out. */
    private void takeThePlaceOfThePart(Frame key) {
        LivePart leftOut = part;
        output.endOfSegment();
        begin(key.shifted(leftOut.startUs() - key.decodeTimeUs()), false);
        leftOut.sound().forEach(part::add);
    }

    private boolean isSoundAwaited(Frame picture) {
        firstUs = firstUs == Long.MIN_VALUE ? picture.decodeTimeUs() : firstUs;
        return hasSound && audio.isEmpty() && picture.decodeTimeUs() - firstUs < SOUND_WAIT_US;
    }

    private boolean isTimeToAsk(long nowUs) {
        long sinceUs = nowUs - part.startUs() - Math.floorMod(AIM_US - answerUs, PART_TARGET_US);
        return sinceUs >= 0 && sinceUs <= AIM_WITHIN_US || nowUs - segmentUs >= minUs + PART_TARGET_US;
    }

    /** Whether the part would be, and the camera, which sends key frames when it is asked, may be asked once more. */
    private boolean isTooShort(long nowUs) {
        if (!asked
                || waited
                || deaf
                || nowUs - part.startUs() >= PartGrid.SHORTEST_LAST_US
                || nowUs - segmentUs + 2 * PART_TARGET_US > maxUs) {
            return false;
        }
        waited = true;
        asked = false;
        return true;
    }

    private void describe(Frame frame) {
        if (frame.format() instanceof AacFormat format && !Optional.of(format).equals(audio)) {
            audio = Optional.of(format);
            if (started && hasPicture && !audio.equals(segmentAudio)) {
                changed = true;
                output.wantKeyFrame();
            }
            changed |= started && !hasPicture;
        } else if (frame.format() instanceof H264Format format && (frame.isKey() || video.isEmpty())) {
            Optional<H264Format> now = format.config().isEmpty() ? sets.describe(frame) : Optional.of(format);
            if (now.isPresent() && !now.equals(video)) {
                changed |= video.isPresent();
                video = now;
            }
        }
    }

    private void begin(Frame frame, boolean hole) {
        boolean otherTracks = started && segmentAudio.isPresent() != audio.isPresent();
        changed = false;
        asked = false;
        waited = false;
        segmentVideo = video;
        segmentAudio = audio;
        segmentUs = frame.decodeTimeUs();
        part = new LivePart(segmentUs);
        last = frame;
        output.segment(segmentUs, video, audio, hole || otherTracks);
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

    private void dropSound(long beforeUs) {
        while (!soundSince.isEmpty() && soundSince.peek().decodeTimeUs() < beforeUs) {
            soundSince.remove();
        }
    }

    private long soundUnitUs() {
        return audio.map(format ->
                        AudioSpecificConfig.parse(format.config().bytes()).frameSamples()
                                * SECOND_US
                                / format.sampleRate())
                .orElse(0L);
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
