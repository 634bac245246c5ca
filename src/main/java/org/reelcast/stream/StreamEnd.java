package org.reelcast.stream;

/**
 * How a stream or a viewer's part in it ended.
 *
 * @param status {@code STOPPED} or {@code FAILED}; for its publisher {@code UNPUBLISHED} instead of {@code STOPPED}
 * @param info   one of {@link StreamInfo} or of the transport's texts
 */
public record StreamEnd(StreamStatus status, String info) {

    /** It ended as it should: by the film's end, by a request or with its publisher. */
    public static StreamEnd stopped(String info) {
        return new StreamEnd(StreamStatus.STOPPED, info);
    }

    /** The same, told to its publisher. */
    public static StreamEnd unpublished(String info) {
        return new StreamEnd(StreamStatus.UNPUBLISHED, info);
    }

    /** Something went wrong. */
    public static StreamEnd failed(String info) {
        return new StreamEnd(StreamStatus.FAILED, info);
    }
}
