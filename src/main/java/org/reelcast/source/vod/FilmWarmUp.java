package org.reelcast.source.vod;

import java.io.IOException;
import java.io.InputStream;
import org.reelcast.mp4.read.AudioChoice;
import org.reelcast.refusal.Refusal;
import org.reelcast.storage.ByteSource;
import org.reelcast.storage.SourceId;

/**
 * Plays a film of half a second that comes with the server, to nobody: the first viewer's film finds loaded what it
 * takes to open one and to read it. The film has no sound, which would be transcoded and kept.
 */
final class FilmWarmUp {
    private static final String FILM = "warm-up.mp4";

    private FilmWarmUp() {}

    /**
     * @return frames read
     * @throws Refusal when the film cannot be opened: then none could
     */
    static int run(FilmStore.Opener opener) throws IOException {
        try (InputStream in = FilmWarmUp.class.getResourceAsStream(FILM);
                Film film = opener.open(new Resource(in.readAllBytes()), AudioChoice.FIRST);
                FilmReader reader = new FilmReader(film, false)) {
            for (int track = 0; track < film.tracks().size(); track++) {
                if (film.tracks().get(track).isRealTime()) {
                    reader.open(track, 0);
                }
            }
            int frames = 0;
            while (reader.next() != null) {
                frames++;
            }
            return frames;
        }
    }

    /** Bytes in memory. */
    private record Resource(byte[] bytes) implements ByteSource {
        @Override
        public SourceId id() {
            return new SourceId(FILM, bytes.length, FilmWarmUp.class.getName());
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public int read(long position, byte[] target, int offset, int length) {
            if (position >= bytes.length) {
                return -1;
            }
            int read = (int) Math.min(length, bytes.length - position);
            System.arraycopy(bytes, (int) position, target, offset, read);
            return read;
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
