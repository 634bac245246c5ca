package org.reelcast.output.hls.http;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.reelcast.loop.AnyThread;
import org.reelcast.output.hls.playlist.MediaPlaylist;
import org.reelcast.output.hls.playlist.Variant;

/** A live stream in segments, as {@link StreamDelivery} asks for it. */
@AnyThread
public interface SegmentedStream {
    /** For {@link #whenListed}: as soon as there is a low-latency list at all. */
    long FIRST_LIST = -1;

    /** What the names of its segments start with. */
    String prefix();

    /** The initialization segment of that name. */
    Optional<byte[]> map(String resource);

    Variant variant();

    /**
     * The answer, made as soon as it is known how the stream is coded and there are so many segments to list, or it has
     * ended.
     */
    CompletionStage<HlsAnswer> whenReady(int segments, AnswerMaker answer) throws IOException;

    /** The playlist for players of whole segments. */
    MediaPlaylist plain();

    MediaPlaylist lowLatency() throws IOException;

    /** Whether the low-latency list has parts, and players may have requests held. */
    boolean hasParts();

    /**
     * Whether a player asks for what the protocol does not let it wait for (rfc8216bis section 6.2.5.2).
     *
     * @param part -1 for the whole segment
     */
    boolean isFarAhead(long sequence, int part) throws IOException;

    /** Whether there is such a segment or part, or will be soon. */
    boolean isWithinReach(long sequence, int part) throws IOException;

    /**
     * The answer, made once the segment or part is in the low-latency list, or the stream has ended; 503 when that takes
     * longer than players may be kept waiting.
     */
    CompletionStage<HlsAnswer> whenListed(long sequence, int part, AnswerMaker answer) throws IOException;

    /** The segment or part. */
    CompletionStage<Media> media(MediaName name);
}
