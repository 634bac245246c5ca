package org.reelcast.mp4.read;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.reelcast.mp4.index.PageStore;
import org.reelcast.storage.ByteSource;

/**
 * The index of one file, MP4, QuickTime, Matroska or WebM: which tracks can be played, where their samples are and when they are due. It holds no
 * media; shared by all who play the film. The index of a fragmented movie grows as the film is played, and reads from
 * the source for that until it has all; that of others is complete and needs the source no more.
 */
public final class Movie {
    private final Track video;
    private final Track audio;
    private final List<TrackInfo> tracks;
    private final Notes notes;

    Movie(Track video, Track audio, List<TrackInfo> tracks, Notes notes) {
        this.video = video;
        this.audio = audio;
        this.tracks = List.copyOf(tracks);
        this.notes = notes;
    }

    /**
     * Reads the index. The source is read by position, few and large pieces, and not closed; it must stay open
     * while a fragmented movie is played.
     *
     * @param store   where the index goes when it is long
     * @param options what is made of it where the file leaves a choice
     * @throws Refusal when the file is not an MP4, is broken, or has nothing to play
     * @throws IOException  when its bytes cannot be had
     */
    public static Movie read(ByteSource source, PageStore store, ReadOptions options) throws IOException {
        return MovieReader.read(source, store, options);
    }

    /** The same as the file itself has it. */
    public static Movie read(ByteSource source, PageStore store) throws IOException {
        return read(source, store, ReadOptions.AS_IN_FILE);
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
        return Stream.of(video(), audio())
                .flatMap(Optional::stream)
                .mapToLong(Track::durationUs)
                .max()
                .orElse(0);
    }

    /** All tracks of picture and sound that can be told of, in the order of the file, those that do not play too. */
    public List<TrackInfo> tracks() {
        return tracks;
    }

    /**
     * What a user should know, in sentences: tracks left out and why, a file that is cut off. Of a fragmented movie
     * more may come while it plays.
     */
    public List<String> notes() {
        return notes.all();
    }

    /** Bytes of heap that the index takes. */
    public long heapBytes() {
        return Stream.of(video(), audio())
                .flatMap(Optional::stream)
                .mapToLong(t -> t.samples().heapBytes())
                .sum();
    }
}
