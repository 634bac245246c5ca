package org.reelcast.source.publish;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.reelcast.loop.MediaLoop;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.SourceTraits;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.StreamSource;
import org.reelcast.stream.StreamStatus;
import org.reelcast.stream.StreamTrack;
import org.reelcast.webrtc.PublisherConnection;
import org.reelcast.webrtc.PublisherListener;
import org.reelcast.webrtc.PublisherStatistics;

/** A stream that a browser publishes. Lives on the loop of its connection. */
public final class PublishedStream implements PublisherListener, StreamSource {
    /** What is negotiated wherever it is offered; the first key frame says what it really is. */
    private static final int LIKELY_PROFILE = 0x42E01F;

    /**
     * Pictures go on so much later than they came. Browsers hold more sound than picture when they start to play, and
     * mend the difference slowly; this is as far as films are ahead with their sound, too.
     */
    private static final long SOUND_LEAD_US = 50_000;

    private record HeldPicture(Frame frame, long dueUs) {
    }

    private final PublishListener listener;
    private final long activityTimeoutUs;
    private final AacSound.Means means;
    private final Consumer<PublishedStream> onEnd;
    /** Written once, before the answer can reach the publisher. */
    private volatile PublisherConnection connection;
    private volatile Stream stream;
    /** Null when there is none; written before media can come. */
    private volatile StreamTrack video;
    private volatile StreamTrack audio;
    private volatile StreamTrack aac;
    /** Null while nobody takes it. */
    private AacSound aacSound;
    private volatile boolean connected;
    private final Queue<HeldPicture> pictures = new ArrayDeque<>();
    private MediaLoop.Timer release;
    private MediaLoop.Timer activity;
    private boolean ended;

    /**
     * @param means for sound as AAC
     * @param onEnd called on the loop, before viewers and listener hear of it
     */
    PublishedStream(PublishListener listener, long activityTimeoutUs, AacSound.Means means,
            Consumer<PublishedStream> onEnd) {
        this.listener = listener;
        this.activityTimeoutUs = activityTimeoutUs;
        this.means = means;
        this.onEnd = onEnd;
    }

    void open(PublisherConnection publisher, String mediaSessionId, String name) {
        connection = publisher;
        List<Stream.Offer> offers = new ArrayList<>();
        if (publisher.hasVideo()) {
            offers.add(new Stream.Offer(StreamTrack.Form.REAL_TIME,
                    Format.video(Codec.H264, 0, 0, 0, LIKELY_PROFILE)));
        }
        if (publisher.hasAudio()) {
            offers.add(new Stream.Offer(StreamTrack.Form.REAL_TIME, Format.audio(Codec.OPUS, 2)));
            if (AacSound.problem().isEmpty()) {
                offers.add(new Stream.Offer(StreamTrack.Form.AAC, AacSound.FORMAT));
            }
        }
        stream = new Stream(mediaSessionId, name, publisher.loop(), SourceTraits.CAMERA, offers, this);
        for (StreamTrack track : stream.tracks()) {
            if (track.isVideo()) {
                video = track;
            } else if (track.form() == StreamTrack.Form.AAC) {
                aac = track;
            } else {
                audio = track;
            }
        }
    }

    /** Any thread. */
    public Stream stream() {
        return stream;
    }

    /** The SDP answer; any thread. */
    public String answer() {
        return connection.answerSdp();
    }

    @Override
    public void requestKeyFrame() {
        connection.requestKeyFrame();
    }

    @Override
    public void onTaken(StreamTrack track, boolean taken) {
        if (track != aac) {
            return;
        }
        if (taken) {
            aacSound = new AacSound(stream, audio, aac, means);
        } else {
            aacSound.stop();
        }
    }

    @Override
    public StreamStatus status() {
        return connected ? StreamStatus.PUBLISHING : StreamStatus.PENDING;
    }

    @Override
    public Optional<String> mediaProvider() {
        return Optional.of(PublishService.MEDIA_PROVIDER);
    }

    /** On the stream's loop. */
    public PublisherStatistics statistics() {
        return connection.statistics();
    }

    /** The publisher ends it, by whatever means; any thread, any number of times. */
    public void unpublish(StatusText why) {
        stream.loop().execute(() -> finish(StreamEnd.unpublished(why), StatusText.STOPPED_BY_PUBLISHER_STOP));
    }

    /** The server ends it: viewers are told the same as the publisher. Any thread, any number of times. */
    @Override
    public void end(StatusText why) {
        stream.loop().execute(() -> finish(StreamEnd.unpublished(why), why));
    }

    @Override
    public void onConnected() {
        connected = true;
        listener.onPublishing(stream);
        awaitActivity(stream.loop().nowUs());
    }

    /** Looks again when the publisher would have been silent for too long, if nothing came since {@code sinceUs}. */
    private void awaitActivity(long sinceUs) {
        activity = stream.loop().at(sinceUs + activityTimeoutUs, () -> {
            if (connection.lastMediaUs() > sinceUs) {
                awaitActivity(connection.lastMediaUs());
            } else {
                onFailed(StatusText.FAILED_BY_RTP_ACTIVITY);
            }
        });
    }

    @Override
    public void onFrame(Frame frame) {
        if (frame.isVideo() && connection.hasAudio()) {
            pictures.add(new HeldPicture(frame, stream.loop().nowUs() + SOUND_LEAD_US));
            if (pictures.size() == 1) {
                awaitPicture();
            }
        } else {
            stream.publish(frame.isVideo() ? video : audio, frame);
        }
    }

    private void awaitPicture() {
        release = stream.loop().at(pictures.element().dueUs(), () -> {
            publishPictures(stream.loop().nowUs());
            if (!pictures.isEmpty()) {
                awaitPicture();
            }
        });
    }

    private void publishPictures(long nowUs) {
        while (!pictures.isEmpty() && pictures.element().dueUs() <= nowUs) {
            stream.publish(video, pictures.remove().frame());
        }
    }

    @Override
    public void onInStep(long pictureUs) {
        long laterUs = Math.max(0, pictureUs);
        for (int i = pictures.size(); i > 0; i--) {
            HeldPicture held = pictures.remove();
            pictures.add(new HeldPicture(held.frame().shifted(laterUs), held.dueUs()));
        }
        stream.inStep(pictureUs);
    }

    @Override
    public void onFailed(StatusText reason) {
        finish(StreamEnd.failed(reason), StatusText.STOPPED_BY_PUBLISHER_STOP);
    }

    @Override
    public void onClosed() {
        finish(StreamEnd.unpublished(StatusText.STOPPED_BY_USER), StatusText.STOPPED_BY_PUBLISHER_STOP);
    }

    private void finish(StreamEnd how, StatusText forViewers) {
        if (ended) {
            return;
        }
        ended = true;
        if (activity != null) {
            activity.cancel();
        }
        if (release != null) {
            release.cancel();
        }
        publishPictures(Long.MAX_VALUE);
        connection.close();
        onEnd.accept(this);
        stream.end(StreamEnd.stopped(forViewers));
        listener.onEnd(how);
    }

    /** One line: how the publisher got on the air, and how its network was. On the loop. */
    String summary() {
        PublisherStatistics came = statistics();
        return stream.name() + " from " + (came.traffic().remote() == null ? "nowhere" : came.traffic().remote()) + ": "
                + connection.timings() + "; " + came.video().frames() + " pictures, " + came.audio().frames()
                + " of sound; lost " + came.video().lost() + " of " + came.video().packets() + " packets of video and "
                + came.audio().lost() + " of " + came.audio().packets() + " of audio, " + (came.video().recovered()
                + came.audio().recovered()) + " came again, " + (came.video().gaps() + came.audio().gaps())
                + " gaps, " + came.video().keyRequests() + " key frames asked for";
    }
}
