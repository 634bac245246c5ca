package org.reelcast.segment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.Blocking;
import org.reelcast.media.AacFormat;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.media.SeekableTrack;

/** Reads the segments of a film, each for itself and in any order. */
@AnyThread
@Blocking
public final class FilmSegments {
    /** A decoder that starts at the film's start needs the frames before it too. */
    private static final long BEFORE_START = Long.MIN_VALUE / 2;
    /** Players bear less. */
    private static final long LONG_US = 500_000;

    private final Optional<SeekableTrack> video;
    private final Optional<SeekableTrack> audio;
    private final SegmentPlan plan;
    private final long soundEndUs;
    /** Where the silence lies that follows the sound; empty where that ends with the picture, or soon before. */
    private final Optional<UnitGrid> silence;

    public FilmSegments(Optional<SeekableTrack> video, Optional<SeekableTrack> audio, SegmentPlan plan) {
        this.video = video;
        this.audio = audio;
        this.plan = plan;
        this.soundEndUs = audio.map(SeekableTrack::durationUs).orElse(Long.MAX_VALUE);
        this.silence = audio.filter(track -> plan.durationUs() - track.durationUs() > LONG_US)
                .map(track -> new UnitGrid((AacFormat) track.format(), track.durationUs()))
                .filter(grid -> grid.silence().isPresent());
    }

    public SegmentPlan plan() {
        return plan;
    }

    /**
     * The frames of a segment at their times in the film. The first segment has the frames of sound too that only
     * prepare the decoder, at negative times.
     */
    public SegmentFrames read(int segment) throws IOException {
        return read(segment, true, true);
    }

    /** The same of the picture or the sound alone. */
    public SegmentFrames read(int segment, boolean withVideo, boolean withAudio) throws IOException {
        List<Frame> pictures = new ArrayList<>();
        if (withVideo && video.isPresent()) {
            readVideo(segment, pictures);
        }
        List<Frame> sound = new ArrayList<>();
        long soundEndUs = 0;
        if (withAudio && audio.isPresent()) {
            soundEndUs = readAudio(segment, 0, sound);
            soundEndUs = silence.isPresent() ? fill(segment, soundEndUs, sound) : soundEndUs;
        }
        return new SegmentFrames(pictures, plan.decodeUs(segment + 1), sound, soundEndUs);
    }

    /** Sound that ends long before the picture is followed by silence: players stand still where one has a hole. */
    private long fill(int segment, long heardUntilUs, List<Frame> sound) {
        long endUs = plan.startUs(segment + 1);
        UnitGrid grid = silence.get();
        long unit = grid.nearest(Math.max(soundEndUs, plan.startUs(segment)));
        unit += grid.timeUs(unit) < plan.startUs(segment) ? 1 : 0;
        if (endUs <= soundEndUs || grid.timeUs(unit) >= endUs) {
            return heardUntilUs;
        }
        long first = unit;
        while (grid.timeUs(unit) < endUs) {
            unit++;
        }
        sound.addAll(UnbrokenAudio.place(grid, List.of(), first, unit, 0));
        return grid.timeUs(unit);
    }

    /** The key frame that a segment starts with, alone, as long as the segment. */
    public SegmentFrames readKey(int segment) throws IOException {
        try (FrameReader reader = video.orElseThrow().reader()) {
            if (segment > 0) {
                reader.seek(plan.startUs(segment));
            }
            Frame key = reader.next();
            return new SegmentFrames(
                    key == null ? List.of() : List.of(key.decodedEarlier(plan.advanceUs())),
                    plan.decodeUs(segment + 1),
                    List.of(),
                    0);
        }
    }

    /** The frames of sound of a segment and so much before and behind it. */
    List<Frame> sound(int segment, long moreUs) throws IOException {
        List<Frame> sound = new ArrayList<>();
        readAudio(segment, moreUs, sound);
        return sound;
    }

    private void readVideo(int segment, List<Frame> pictures) throws IOException {
        boolean last = segment == plan.count() - 1;
        long endUs = plan.startUs(segment + 1);
        try (FrameReader reader = video.orElseThrow().reader()) {
            if (segment > 0) {
                reader.seek(plan.startUs(segment));
            }
            for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
                if (!last && frame.isKey() && frame.presentationTimeUs() >= endUs) {
                    return;
                }
                pictures.add(frame.decodedEarlier(plan.advanceUs()));
            }
        }
    }

    /** @return when the frame that follows is heard */
    private long readAudio(int segment, long moreUs, List<Frame> sound) throws IOException {
        boolean last = segment == plan.count() - 1;
        long startUs = segment == 0 ? BEFORE_START : plan.startUs(segment) - moreUs;
        long endUs = last ? Long.MAX_VALUE : plan.startUs(segment + 1) + moreUs;
        try (FrameReader reader = audio.orElseThrow().reader()) {
            if (segment > 0) {
                reader.seek(startUs);
            }
            for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
                if (frame.presentationTimeUs() >= endUs) {
                    return frame.presentationTimeUs();
                }
                if (frame.presentationTimeUs() >= startUs) {
                    sound.add(frame);
                }
            }
        }
        return audio.orElseThrow().durationUs();
    }
}
