package org.reelcast.output.webrtc;

import java.util.Optional;
import org.reelcast.media.Format;
import org.reelcast.refusal.Refusal;
import org.reelcast.stream.StreamEnd;

/**
 * What somebody who asked to play a stream learns, in this order: the answer, playing, sizes, the end. Or the end at
 * once. Events come one at a time, from any thread; who takes them must not block.
 */
public sealed interface PlaybackEvent {

    /** The SDP answer, complete with candidates. */
    record Answered(String sdp) implements PlaybackEvent {}

    /**
     * The transport stands and media flows.
     *
     * @param video what is sent, empty when no picture is; likewise audio
     * @param note  what a user should know about how it plays
     */
    record Playing(Optional<Format> video, Optional<Format> audio, Optional<String> note) implements PlaybackEvent {}

    /** The picture has this size from here on, in pixels. */
    record Resized(int width, int height) implements PlaybackEvent {}

    /**
     * The viewer's link is too narrow, and pictures are left out; again every ten seconds while it lasts.
     *
     * @param mediaBps what all of the stream would take, bits a second
     * @param linkBps  what the link carries, bits a second
     */
    record NotEnoughBandwidth(long mediaBps, long linkBps) implements PlaybackEvent {}

    /** Something is wrong with the stream, which goes on. @param what a sentence for users */
    record Problem(String what) implements PlaybackEvent {}

    /** It cannot be played, for the log; the end comes next. */
    record Refused(Refusal why) implements PlaybackEvent {}

    /** The last event, and the only one that always comes. */
    record Ended(StreamEnd end) implements PlaybackEvent {}
}
