package org.reelcast.rendition.film;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.reelcast.config.Settings;
import org.reelcast.loop.NanoClock;
import org.reelcast.mp4.index.PageStore;
import org.reelcast.mp4.read.AudioChoice;
import org.reelcast.mp4.read.Movie;
import org.reelcast.mp4.read.ReadOptions;
import org.reelcast.rendition.Rendition;
import org.reelcast.rendition.opus.OpusRendition;
import org.reelcast.rendition.opus.OpusTracks;
import org.reelcast.rendition.reencode.ReencodedVideos;
import org.reelcast.storage.ByteSource;
import org.reelcast.storage.LocalFile;

/** A file opened as the product does, with settings of its own and nothing shared with other tests. */
public final class Film implements Closeable {
    private final ByteSource source;
    private final Movie movie;
    private final Renditions renditions;

    private Film(ByteSource source, Map<String, String> settings, OpusTracks sound, ReencodedVideos pictures)
            throws IOException {
        this.source = source;
        this.movie = Movie.read(source, PageStore.HEAP, new ReadOptions(AudioChoice.FIRST, Long.MAX_VALUE, true));
        Map<String, String> values = new HashMap<>(Map.of("cache_max_mb", "0"));
        values.putAll(settings);
        this.renditions = Renditions.of(movie, source, Settings.of(values), sound, pictures);
    }

    public static Film open(Path file, String... settings) throws IOException {
        return open(LocalFile.open(file), new OpusTracks(), settings);
    }

    public static Film open(ByteSource source, OpusTracks sound, String... settings) throws IOException {
        return open(source, sound, new ReencodedVideos(NanoClock.SYSTEM, 2), settings);
    }

    public static Film open(ByteSource source, OpusTracks sound, ReencodedVideos pictures, String... settings)
            throws IOException {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
        }
        return new Film(source, values, sound, pictures);
    }

    public Movie movie() {
        return movie;
    }

    public Renditions renditions() {
        return renditions;
    }

    public Rendition video() {
        return renditions.video().orElseThrow();
    }

    public OpusRendition audio() {
        return (OpusRendition) renditions.audio().orElseThrow();
    }

    @Override
    public void close() throws IOException {
        renditions.close();
        source.close();
    }
}
