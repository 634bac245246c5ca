package org.reelcast.source.vod;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.rendition.Rendition;

/**
 * Reads those of a film's tracks that are open as one sequence by the time at which they are to leave, once or over and
 * over. When a track starts over, its times go on from where the film ended: by then a film in fragments, too, has
 * shown its end. All passes are as long as the film: what a track has beyond that is left out, and where Opus has less,
 * or nothing for a while, it is silent. Blocks on storage and transcodes; for one thread at a time.
 */
final class FilmReader implements Closeable {
    private final Film film;
    private final boolean looped;
    private final List<Track> tracks;
    private final SilenceWatch silence;
    private int last;

    FilmReader(Film film, boolean looped) {
        this(film, looped, what -> {});
    }

    /** @param onSilence is told what of the film does not come, and null when all does; by who reads */
    FilmReader(Film film, boolean looped, Consumer<String> onSilence) {
        this.silence = new SilenceWatch(film, onSilence);
        this.film = film;
        this.looped = looped;
        this.tracks = film.tracks().stream()
                .map(track -> new Track(track.rendition()))
                .toList();
    }

    /**
     * Begins to read a track, so that it can be shown from {@code timeUs} on: its frames come from the key frame at or
     * before that time.
     *
     * @param timeUs on the timeline of all passes
     */
    void open(int track, long timeUs) throws IOException {
        tracks.get(track).open(timeUs);
        silence.opened(track, timeUs);
    }

    /** Reads a track no more. */
    void close(int track) {
        tracks.get(track).close();
        silence.closed(track);
    }

    /** The next frame of the open tracks; null when there is none. */
    Frame next() throws IOException {
        Track first = null;
        for (int i = 0; i < tracks.size(); i++) {
            Track track = tracks.get(i);
            Frame frame = track.peek();
            if (frame != null && (first == null || Playout.leavesAtUs(frame) < Playout.leavesAtUs(first.ahead))) {
                first = track;
                last = i;
            }
        }
        if (first == null) {
            return null;
        }
        for (int i = 0; i < tracks.size(); i++) {
            Frame silent = tracks.get(i).silenceBeside(first.ahead);
            if (silent != null) {
                last = i;
                return silent;
            }
        }
        boolean ofTheFilm = !first.audio.isSilence();
        Frame frame = first.take();
        if (ofTheFilm) {
            silence.came(last, frame.presentationTimeUs(), looped && film.isEndKnown() ? film.durationUs() : 0);
        }
        return frame;
    }

    /** Of which track {@link #next} gave a frame. */
    int track() {
        return last;
    }

    /** Whether nothing comes because the film is over, not because no track is open. */
    boolean isOver() {
        return !looped || tracks.stream().anyMatch(track -> track.reader != null);
    }

    /** Where the film ends, when it is not looped; asked for once it was read to its end. */
    long endUs() {
        return film.durationUs();
    }

    @Override
    public void close() {
        tracks.forEach(Track::close);
    }

    /** When the pass began that plays at {@code timeUs}; the first as long as nobody knows how long a pass is. */
    private long passStartUs(long timeUs) {
        long passUs = film.durationUs();
        return looped && film.isEndKnown() && passUs > 0 ? Math.floorDiv(timeUs, passUs) * passUs : 0;
    }

    /** One track with a frame of look-ahead. */
    private final class Track {
        private final Rendition rendition;
        private final ContinuousAudio audio = new ContinuousAudio();
        private FrameReader reader;
        private Frame ahead;
        private boolean atEnd = true;
        private long passStartUs;
        private boolean passHasFrames;

        Track(Rendition rendition) {
            this.rendition = rendition;
        }

        void open(long timeUs) throws IOException {
            close();
            reader = rendition.reader();
            atEnd = false;
            passStartUs = passStartUs(timeUs);
            passHasFrames = false;
            if (timeUs > passStartUs) {
                // what lies behind may be nothing, as the last packet of sound may be over
                passHasFrames = true;
                reader.seek(timeUs - passStartUs);
            }
        }

        Frame peek() throws IOException {
            while (ahead == null && !atEnd) {
                ahead = audio.next();
                if (ahead == null) {
                    readOn();
                }
            }
            return ahead;
        }

        private void readOn() throws IOException {
            Frame frame = reader.next();
            boolean more =
                    frame != null && audio.add(passStartUs == 0 ? frame : frame.shifted(passStartUs), passEndUs());
            passHasFrames |= !audio.isEmpty();
            if (more) {
                return;
            }
            if (looped && passHasFrames && film.durationUs() > 0) {
                passHasFrames = false;
                passStartUs += film.durationUs();
                reader.seek(0);
            } else {
                atEnd = audio.isEmpty();
            }
        }

        private long passEndUs() {
            return looped && film.isEndKnown() ? passStartUs + film.durationUs() : Long.MAX_VALUE / 2;
        }

        /** Silence while another track has something to show and this one has come to its end; null when there is none. */
        Frame silenceBeside(Frame other) {
            return atEnd && reader != null
                    ? audio.silenceUntil(Playout.leavesAtUs(other) + Playout.SOUND_LEAD_US)
                    : null;
        }

        Frame take() {
            Frame frame = ahead;
            ahead = null;
            return frame;
        }

        void close() {
            if (reader != null) {
                reader.close();
            }
            reader = null;
            ahead = null;
            audio.clear();
            atEnd = true;
        }
    }
}
