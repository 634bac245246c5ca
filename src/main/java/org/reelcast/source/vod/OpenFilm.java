package org.reelcast.source.vod;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.reelcast.media.FrameReader;
import org.reelcast.media.MediaKind;
import org.reelcast.media.SeekableTrack;
import org.reelcast.refusal.Refusal;
import org.reelcast.rendition.Rendition;
import org.reelcast.rendition.reencode.ScaledSize;
import org.reelcast.stream.SeekableFilm;
import org.reelcast.stream.StreamTrack;

/** Somebody's part in an open film, as outputs see it that read it at any place. */
final class OpenFilm implements SeekableFilm.Hold, SeekableFilm {
    private final FilmStore films;
    private final Film film;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** @param film acquired, and given back at the end */
    OpenFilm(FilmStore films, Film film) {
        this.films = films;
        this.film = film;
    }

    void findEnd() throws IOException {
        film.findEnd();
    }

    @Override
    public SeekableFilm film() {
        return this;
    }

    @Override
    public String location() {
        return film.id().location();
    }

    @Override
    public String version() {
        return film.id().size() + "-" + film.id().version();
    }

    @Override
    public long durationUs() {
        return film.durationUs();
    }

    @Override
    public Optional<SeekableTrack> video() {
        return track(StreamTrack.Form.ORIGINAL, MediaKind.VIDEO);
    }

    @Override
    public Optional<SeekableTrack> recutVideo() throws IOException {
        return film.recutVideo();
    }

    /** As in the file where that is AAC; what Opus and others become is made as it is read. */
    @Override
    public Optional<SeekableTrack> audio() {
        return track(StreamTrack.Form.ORIGINAL, MediaKind.AUDIO).or(() -> track(StreamTrack.Form.AAC, MediaKind.AUDIO));
    }

    private Optional<SeekableTrack> track(StreamTrack.Form form, MediaKind kind) {
        return film.tracks().stream()
                .filter(track -> track.form() == form && track.kind() == kind)
                .flatMap(track -> track.rendition().seekable().stream())
                .findFirst();
    }

    @Override
    public Scaled scaled(int width, int height, int bitrate) throws Refusal {
        Rendition picture = film.scaled(new ScaledSize(width, height, bitrate));
        return new Scaled() {
            @Override
            public FrameReader reader() {
                return picture.reader();
            }

            @Override
            public void close() {
                picture.close();
            }
        };
    }

    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            films.release(film, System.currentTimeMillis());
        }
    }
}
