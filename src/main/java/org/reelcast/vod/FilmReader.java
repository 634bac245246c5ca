package org.reelcast.vod;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.reelcast.codec.Frame;
import org.reelcast.codec.FrameReader;
import org.reelcast.codec.Rendition;

/**
 * Reads a film's tracks as one sequence, in the order in which their frames leave, once or over and over. When it starts
 * over, times go on from where the film ended. Blocks on storage and transcodes; for one thread at a time.
 */
final class FilmReader implements Closeable {
    private final Track video;
    private final Track audio;
    private final long durationUs;
    private final boolean looped;
    private long passStartUs;
    private boolean passHasFrames;

    FilmReader(Film film, boolean looped) {
        this.video = new Track(film.video());
        this.audio = new Track(film.audio());
        this.durationUs = film.durationUs();
        this.looped = looped;
    }

    /** The next frame; null at the end. */
    Frame next() throws IOException {
        while (true) {
            Frame nextVideo = video.peek();
            Frame nextAudio = audio.peek();
            if (nextVideo != null || nextAudio != null) {
                passHasFrames = true;
                boolean videoFirst = nextAudio == null
                        || nextVideo != null && Playout.leavesAtUs(nextVideo) <= Playout.leavesAtUs(nextAudio);
                Frame frame = videoFirst ? video.take() : audio.take();
                return passStartUs == 0 ? frame : frame.shifted(passStartUs);
            }
            if (!looped || !passHasFrames || durationUs <= 0) {
                return null;
            }
            passHasFrames = false;
            passStartUs += durationUs;
            video.rewind();
            audio.rewind();
        }
    }

    /** Where the current pass ends on the timeline of the frames. */
    long endUs() {
        return passStartUs + durationUs;
    }

    @Override
    public void close() {
        video.close();
        audio.close();
    }

    /** One track with a frame of look-ahead. */
    private static final class Track {
        private final FrameReader reader;
        private Frame ahead;
        private boolean atEnd;

        Track(Optional<Rendition> rendition) {
            reader = rendition.map(Rendition::reader).orElse(null);
            atEnd = reader == null;
        }

        Frame peek() throws IOException {
            if (ahead == null && !atEnd) {
                ahead = reader.next();
                atEnd = ahead == null;
            }
            return ahead;
        }

        Frame take() {
            Frame frame = ahead;
            ahead = null;
            return frame;
        }

        void rewind() throws IOException {
            ahead = null;
            if (reader != null) {
                reader.seek(0);
                atEnd = false;
            }
        }

        void close() {
            if (reader != null) {
                reader.close();
            }
        }
    }
}
