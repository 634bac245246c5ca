package org.reelcast.stream;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream.Builder;
import org.reelcast.loop.MediaLoop;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.refusal.StatusText;

/** Streams that a test is the source of. */
public final class TestStreams {
    private TestStreams() {}

    /** A stream with what a player in real time takes. @param keyFrameRequest called for each key frame asked for */
    public static Stream camera(
            String mediaSessionId,
            String name,
            MediaLoop loop,
            Optional<Format> video,
            Optional<Format> audio,
            Runnable keyFrameRequest) {
        return new Stream(mediaSessionId, name, loop, SourceTraits.CAMERA, offers(video, audio), new StreamSource() {
            @Override
            public void end(StatusText why) {
                // as the test says
            }

            @Override
            public void requestKeyFrame() {
                keyFrameRequest.run();
            }
        });
    }

    /** The same of a film that others can join. */
    public static Stream film(String name, MediaLoop loop, Optional<Format> video, Optional<Format> audio) {
        return new Stream(name, loop, SourceTraits.BROADCAST_FILM, offers(video, audio), why -> {});
    }

    /** The same of a film that plays for one viewer alone. */
    public static Stream personal(String name, MediaLoop loop, Optional<Format> video, Optional<Format> audio) {
        return new Stream(name, loop, SourceTraits.PERSONAL_FILM, offers(video, audio), why -> {});
    }

    private static List<Stream.Offer> offers(Optional<Format> video, Optional<Format> audio) {
        Builder<Format> formats = java.util.stream.Stream.builder();
        video.ifPresent(formats);
        audio.ifPresent(formats);
        return formats.build()
                .map(format -> new Stream.Offer(StreamTrack.Form.REAL_TIME, format))
                .toList();
    }

    /** Publishes a frame on the track of its kind. */
    public static void publish(Stream stream, Frame frame) {
        stream.publish(
                stream.tracks().stream()
                        .filter(track -> track.isVideo() == frame.isVideo())
                        .findFirst()
                        .orElseThrow(),
                frame);
    }

    /** Takes what a player in real time takes. */
    public static void subscribe(Stream stream, Subscriber subscriber) {
        stream.subscribe(subscriber, TrackChoice.REAL_TIME.of(stream.tracks()));
    }

    /** Somebody's part in the stream. */
    public static Hold hold(Stream stream) {
        return stream.hold(Holder.viewer("test", TrackChoice.REAL_TIME)).orElseThrow();
    }
}
