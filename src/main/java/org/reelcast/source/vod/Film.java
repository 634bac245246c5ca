package org.reelcast.source.vod;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.reelcast.rendition.Encoding;
import org.reelcast.rendition.Rendition;
import org.reelcast.storage.ByteSource;
import org.reelcast.storage.RemoteSource;
import org.reelcast.storage.SourceId;

/** An open film: its bytes and what is played of it, shared by all who watch it. */
final class Film implements Closeable {
    private final ByteSource source;
    private final Optional<Rendition> video;
    private final Optional<Rendition> audio;
    private final Reserve reserve;

    /** @param reserve what must be in hand of it to play */
    Film(ByteSource source, Optional<Rendition> video, Optional<Rendition> audio, Reserve reserve) {
        this.source = source;
        this.video = video;
        this.audio = audio;
        this.reserve = reserve;
    }

    /** The source when it is not on this machine: reading may take long. */
    Optional<RemoteSource> remote() {
        return source instanceof RemoteSource remote ? Optional.of(remote) : Optional.empty();
    }

    Reserve reserve() {
        return reserve;
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

    private Optional<Encoding> encoding() {
        return video.flatMap(Rendition::encoding);
    }

    /** Whether a new viewer would wait for pictures that nobody has time to encode. */
    boolean isStarved() {
        return encoding().filter(Encoding::isStarved).isPresent();
    }

    /** Whether its readers may have to wait for an encoder. */
    boolean isEncoded() {
        return encoding().isPresent();
    }

    /** Whether something of it is being made for later viewers. */
    boolean isBusy() {
        return encoding().filter(Encoding::isBusy).isPresent();
    }

    /** What a user should know about how it plays, one sentence. */
    Optional<String> note() {
        return video.flatMap(Rendition::note).or(() -> audio.flatMap(Rendition::note));
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
