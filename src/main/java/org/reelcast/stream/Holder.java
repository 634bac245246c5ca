package org.reelcast.stream;

/**
 * Who holds a stream, as it is listed.
 *
 * @param kind    of output: {@code WebRTC}, {@code recording}, {@code snapshot}
 * @param choice  which of the stream's tracks it takes
 * @param viewer  whether it is somebody who may have a personal stream: a viewer who watches alone
 * @param lasting whether a source that ends when it is not held any more goes on for it, and waits for another when it
 *                has left
 * @param startUs where in the film a personal stream is to start, in µs; others are where they are
 * @param leadUs  so much earlier than they are shown it wants the frames, since it keeps some in hand: a film that plays
 *                from its start for it begins with so much at once
 * @param client  IP address of whoever asked for it, who is charged for what is made for him alone; empty when nobody is
 */
public record Holder(
        String kind, TrackChoice choice, boolean viewer, boolean lasting, long startUs, long leadUs, String client) {
    public static final String RECORDING = "recording";

    /** Somebody who watches in real time. */
    public static Holder viewer(String kind, TrackChoice choice) {
        return new Holder(kind, choice, true, true, 0, 0, "");
    }

    /** An output that takes streams which others may join. */
    public static Holder output(String kind, TrackChoice choice) {
        return new Holder(kind, choice, false, true, 0, 0, "");
    }

    /** The same for a moment: whether and when the stream ends is as if nobody had been there. */
    public static Holder momentary(String kind, TrackChoice choice) {
        return new Holder(kind, choice, false, false, 0, 0, "");
    }

    /** The same who wants to watch from there on. */
    public Holder from(long us) {
        return new Holder(kind, choice, viewer, lasting, us, leadUs, client);
    }

    /** The same who keeps so much in hand. */
    public Holder ahead(long us) {
        return new Holder(kind, choice, viewer, lasting, startUs, us, client);
    }

    /** The same for whoever asks from that address. */
    public Holder of(String address) {
        return new Holder(kind, choice, viewer, lasting, startUs, leadUs, address);
    }
}
