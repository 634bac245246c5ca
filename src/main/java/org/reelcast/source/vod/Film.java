package org.reelcast.source.vod;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.reelcast.loop.Blocking;
import org.reelcast.media.FrameReader;
import org.reelcast.media.SeekableTrack;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.rendition.Encoding;
import org.reelcast.rendition.Rendition;
import org.reelcast.rendition.film.RecutPicture;
import org.reelcast.rendition.reencode.ScaledSize;
import org.reelcast.storage.ByteSource;
import org.reelcast.storage.RemoteSource;
import org.reelcast.storage.SourceId;

/** An open film: its bytes and the tracks that it offers, shared by all who watch it. */
final class Film implements Closeable {
    private final ByteSource source;
    private final List<FilmTrack> tracks;
    private final BufferGate reserve;
    private final FilmFacts facts;
    private final Scaler scaler;
    private final RecutPicture recut;

    /** Makes its picture in other sizes. */
    interface Scaler {

        /** Empty when it has none, or none can be encoded so; to be closed by the caller. */
        Optional<Rendition> scaled(ScaledSize size);
    }

    /** A film that says nothing of itself, and is to be had as it is. */
    Film(ByteSource source, List<FilmTrack> tracks, BufferGate reserve) {
        this(source, tracks, reserve, FilmFacts.NONE, size -> Optional.empty(), RecutPicture.NONE);
    }

    /**
     * @param tracks  those of the picture first
     * @param reserve what must be in hand of it to play
     * @param recut   the picture for who cannot cut it as it is
     */
    Film(
            ByteSource source,
            List<FilmTrack> tracks,
            BufferGate reserve,
            FilmFacts facts,
            Scaler scaler,
            RecutPicture recut) {
        this.scaler = scaler;
        this.source = source;
        this.tracks = List.copyOf(tracks);
        this.reserve = reserve;
        this.facts = facts;
        this.recut = recut;
    }

    /** What it says of itself. */
    FilmFacts facts() {
        return facts;
    }

    /** Its picture in another size; to be closed by the caller. */
    Rendition scaled(ScaledSize size) throws Refusal {
        return scaler.scaled(size)
                .orElseThrow(() -> new Refusal(
                        StatusText.NO_AVAILABLE_TRANSCODERS,
                        id().location() + " cannot be encoded at " + size.width() + "x" + size.height() + " here"));
    }

    /**
     * The same film with another picture, for players in real time; its bytes, and all that is not that picture, stay
     * this film's.
     */
    Film withPicture(Rendition picture) {
        List<FilmTrack> others =
                tracks.stream().filter(track -> !track.isVideo()).toList();
        return new Film(
                source,
                Stream.concat(Stream.of(FilmTrack.realTime(picture)), others.stream())
                        .toList(),
                reserve,
                facts,
                scaler,
                recut);
    }

    /** The source when it is not on this machine: reading may take long. */
    Optional<RemoteSource> remote() {
        return source instanceof RemoteSource remote ? Optional.of(remote) : Optional.empty();
    }

    BufferGate reserve() {
        return reserve;
    }

    SourceId id() {
        return source.id();
    }

    /** The tracks in the order in which frames of one moment leave. */
    List<FilmTrack> tracks() {
        return tracks;
    }

    boolean hasVideo() {
        return tracks.stream().anyMatch(FilmTrack::isVideo);
    }

    boolean hasAudio() {
        return !tracks.stream().allMatch(FilmTrack::isVideo);
    }

    /** Whether its frames are known before they are made: not so where its picture is encoded in any case. */
    boolean isSeekable() {
        return !hasVideo() || tracks.stream().anyMatch(track -> track.isVideo() && !track.isRealTime());
    }

    /** The picture encoded anew with key frames seconds apart; blocks until the first one is. */
    Optional<SeekableTrack> recutVideo() throws IOException {
        return recut.track();
    }

    /** Whether a new viewer would wait for pictures that nobody has time to encode. */
    boolean isStarved() {
        return encodings().anyMatch(Encoding::isStarved);
    }

    /** Whether its readers may have to wait for an encoder. */
    boolean isEncoded() {
        return encodings().findAny().isPresent();
    }

    /** Whether something of it is being made for later viewers. */
    boolean isBusy() {
        return encodings().anyMatch(Encoding::isBusy);
    }

    private Stream<Encoding> encodings() {
        return tracks.stream().map(track -> track.rendition().encoding()).flatMap(Optional::stream);
    }

    /** What a user should know about how it plays, one sentence. */
    Optional<String> note() {
        return realTime()
                .map(Rendition::note)
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> facts.notes().get().stream().findFirst());
    }

    /** Where the longest track ends: the length of a pass, whichever renditions play. */
    long durationUs() {
        return tracks.stream()
                .mapToLong(track -> track.rendition().durationUs())
                .max()
                .orElse(0);
    }

    /** Whether {@link #durationUs} is known already: a film in fragments may tell only at its end. */
    boolean isEndKnown() {
        return tracks.stream().allMatch(track -> track.rendition().isEndKnown());
    }

    /** Finds out how long the film is, if that is not known; may read all of its index. */
    @Blocking
    void findEnd() throws IOException {
        for (FilmTrack track : tracks) {
            if (!track.rendition().isEndKnown()) {
                try (FrameReader reader = track.rendition().reader()) {
                    reader.seek(Long.MAX_VALUE / 4);
                }
            }
        }
    }

    private Stream<Rendition> realTime() {
        return tracks.stream().filter(FilmTrack::isRealTime).map(FilmTrack::rendition);
    }

    @Override
    public void close() throws IOException {
        tracks.forEach(track -> track.rendition().close());
        recut.close();
        source.close();
    }
}
