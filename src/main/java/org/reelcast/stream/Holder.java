package org.reelcast.stream;

/**
 * Who holds a stream, as it is listed.
 *
 * @param kind   of output: {@code WebRTC}, {@code recording}, {@code snapshot}
 * @param choice which of the stream's tracks it takes
 * @param viewer whether it is somebody who may have a personal stream: a viewer who watches alone
 */
public record Holder(String kind, TrackChoice choice, boolean viewer) {
    public static final String RECORDING = "recording";

    /** Somebody who watches in real time. */
    public static Holder viewer(String kind, TrackChoice choice) {
        return new Holder(kind, choice, true);
    }

    /** An output that takes streams which others may join. */
    public static Holder output(String kind, TrackChoice choice) {
        return new Holder(kind, choice, false);
    }
}
