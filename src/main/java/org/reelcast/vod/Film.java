package org.reelcast.vod;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.reelcast.codec.Rendition;
import org.reelcast.storage.ByteSource;
import org.reelcast.storage.SourceId;

/** An open film: its bytes and what is played of it, shared by all who watch it. */
final class Film implements Closeable {
    private final ByteSource source;
    private final Optional<Rendition> video;
    private final Optional<Rendition> audio;

    Film(ByteSource source, Optional<Rendition> video, Optional<Rendition> audio) {
        this.source = source;
        this.video = video;
        this.audio = audio;
    }

    SourceId id() {
        return source.id();
    }

    Optional<Rendition> video() {
        return video;
    }

    Optional<Rendition> audio() {
        return audio;
    }

    /** The end of the longer track. */
    long durationUs() {
        return Math.max(video.map(Rendition::durationUs).orElse(0L), audio.map(Rendition::durationUs).orElse(0L));
    }

    @Override
    public void close() throws IOException {
        video.ifPresent(Rendition::close);
        audio.ifPresent(Rendition::close);
        source.close();
    }
}
