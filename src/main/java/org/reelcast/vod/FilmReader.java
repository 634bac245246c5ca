package org.reelcast.vod;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.reelcast.codec.Frame;
import org.reelcast.codec.FrameReader;
import org.reelcast.codec.Rendition;

/**
 * Reads a film's tracks as one sequence by the time at which they are to leave, once or over and over. When a track
 * starts over, its times go on from where the film ended. Blocks on storage and transcodes; for one thread at a time.
 */
final class FilmReader implements Closeable {
    private final Track video;
    private final Track audio;
    private final long durationUs;

    FilmReader(Film film, boolean looped) {
        this.durationUs = film.durationUs();
        boolean again = looped && durationUs > 0;
        this.video = new Track(film.video(), durationUs, again);
        this.audio = new Track(film.audio(), durationUs, again);
    }

    /** The next frame; null at the end. */
    Frame next() throws IOException {
        Frame nextVideo = video.peek();
        Frame nextAudio = audio.peek();
        boolean videoFirst = nextAudio == null
                || nextVideo != null && Playout.leavesAtUs(nextVideo) <= Playout.leavesAtUs(nextAudio);
        return videoFirst ? video.take() : audio.take();
    }

    /** Where the film ends, when it is not looped. */
    long endUs() {
        return durationUs;
    }

    @Override
    public void close() {
        video.close();
        audio.close();
    }

    /** One track with a frame of look-ahead. */
    private static final class Track {
        private final FrameReader reader;
        private final long filmUs;
        private final boolean looped;
        private Frame ahead;
        private boolean atEnd;
        private long passStartUs;
        private boolean passHasFrames;

        Track(Optional<Rendition> rendition, long filmUs, boolean looped) {
            this.reader = rendition.map(Rendition::reader).orElse(null);
            this.filmUs = filmUs;
            this.looped = looped;
            this.atEnd = reader == null;
        }

        Frame peek() throws IOException {
            while (ahead == null && !atEnd) {
                Frame frame = reader.next();
                if (frame != null) {
                    passHasFrames = true;
                    ahead = passStartUs == 0 ? frame : frame.shifted(passStartUs);
                } else if (looped && passHasFrames) {
                    passHasFrames = false;
                    passStartUs += filmUs;
                    reader.seek(0);
                } else {
                    atEnd = true;
                }
            }
            return ahead;
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
        }
    }
}
