package org.reelcast.mp4;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.reelcast.storage.ByteSource;

/**
 * The index of one MP4 file: which tracks can be played, where their samples are and when they are due. It holds no
 * media; shared by all who play the film. The index of a fragmented movie grows as the film is played, and reads from
 * the source for that until it has all; that of others is complete and needs the source no more.
 */
public final class Movie {
    private final Track video;
    private final Track audio;
    private final List<String> notes;

    Movie(Track video, Track audio, List<String> notes) {
        this.video = video;
        this.audio = audio;
        this.notes = List.copyOf(notes);
    }

    /**
     * Reads the index. The source is read by position, few and large pieces, and not closed; it must stay open
     * while a fragmented movie is played.
     *
     * @param store where the index goes when it is long
     * @throws Refusal when the file is not an MP4, is broken, or has nothing to play
     * @throws IOException  when its bytes cannot be had
     */
    public static Movie read(ByteSource source, PageStore store) throws IOException {
        return MovieReader.read(source, store);
    }

    /** The same with the whole index in the heap. */
    public static Movie read(ByteSource source) throws IOException {
        return read(source, PageStore.HEAP);
    }

    /** The first enabled H.264 track. */
    public Optional<Track> video() {
        return Optional.ofNullable(video);
    }

    /** The first enabled AAC or Opus track. */
    public Optional<Track> audio() {
        return Optional.ofNullable(audio);
    }

    /** Where the longer of the two tracks ends; see {@link Track#durationUs}. */
    public long durationUs() {
        return Stream.of(video(), audio()).flatMap(Optional::stream).mapToLong(Track::durationUs).max().orElse(0);
    }

    /** Sentences for the log: tracks left out and why, a file that is cut off. */
    public List<String> notes() {
        return notes;
    }

    /** Bytes of heap that the index takes. */
    public long heapBytes() {
        return Stream.of(video(), audio()).flatMap(Optional::stream).mapToLong(t -> t.samples().heapBytes()).sum();
    }
}
