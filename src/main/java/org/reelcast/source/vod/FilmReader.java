package org.reelcast.source.vod;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.reelcast.media.Frame;
import org.reelcast.rendition.FrameReader;
import org.reelcast.rendition.Rendition;

/**
 * Reads a film's tracks as one sequence by the time at which they are to leave, once or over and over. When a track
 * starts over, its times go on from where the film ended: by then a film in fragments, too, has shown its end. Blocks
 * on storage and transcodes; for one thread at a time.
 */
final class FilmReader implements Closeable {
    private final Track video;
    private final Track audio;
    private final Film film;

    FilmReader(Film film, boolean looped) {
        this.film = film;
        this.video = new Track(film.video(), film, looped);
        this.audio = new Track(film.audio(), film, looped);
    }

    /** The next frame; null at the end. */
    Frame next() throws IOException {
        Frame nextVideo = video.peek();
        Frame nextAudio = audio.peek();
        boolean videoFirst = nextAudio == null
                || nextVideo != null && Playout.leavesAtUs(nextVideo) <= Playout.leavesAtUs(nextAudio);
        return videoFirst ? video.take() : audio.take();
    }

    /** Where the film ends, when it is not looped; asked for once it was read to its end. */
    long endUs() {
        return film.durationUs();
    }

    @Override
    public void close() {
        video.close();
        audio.close();
    }

    /** One track with a frame of look-ahead. */
    private static final class Track {
        private final FrameReader reader;
        private final Film film;
        private final boolean looped;
        private Frame ahead;
        private boolean atEnd;
        private long passStartUs;
        private boolean passHasFrames;

        Track(Optional<Rendition> rendition, Film film, boolean looped) {
            this.reader = rendition.map(Rendition::reader).orElse(null);
            this.film = film;
            this.looped = looped;
            this.atEnd = reader == null;
        }

        Frame peek() throws IOException {
            while (ahead == null && !atEnd) {
                Frame frame = reader.next();
                if (frame != null) {
                    passHasFrames = true;
                    ahead = passStartUs == 0 ? frame : frame.shifted(passStartUs);
                } else if (looped && passHasFrames && film.durationUs() > 0) {
                    passHasFrames = false;
                    passStartUs += film.durationUs();
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
