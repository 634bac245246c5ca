package org.reelcast.source.publish;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.logging.Logger;
import org.reelcast.live.encode.AacAudio;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.MediaLoop;
import org.reelcast.loop.OnLoop;
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
import org.reelcast.webrtc.sdp.Answer;

/** A stream that a browser publishes. Lives on the loop of its connection. */
public final class PublishedStream implements PublisherListener, StreamSource {
    private static final Logger LOG = Logger.getLogger(PublishedStream.class.getName());
    /** What is negotiated wherever it is offered; the first key frame says what it really is. */
    private static final int LIKELY_PROFILE = 0x42E01F;

    /**
     * Pictures go on so much later than they came. Browsers hold more sound than picture when they start to play, and
     * mend the difference slowly; this is as far as films are ahead with their sound, too.
     */
    private static final long SOUND_LEAD_US = 50_000;

    private record HeldPicture(Frame frame, long dueUs) {}

    private final PublishListener listener;
    private final long activityTimeoutUs;
    private final AacAudio.Means means;
    private final Consumer<PublishedStream> onEnd;
    /** Written once, before the answer can reach the publisher. */
    private volatile PublisherConnection connection;
    /** Of the sound, when the offer does not bundle it with the picture; null otherwise. Written with the other. */
    private volatile PublisherConnection apart;

    private volatile Stream stream;
    /** Null when there is none; written before media can come. */
    private volatile StreamTrack video;

    private volatile StreamTrack audio;
    private volatile StreamTrack aac;
    /** Null while nobody takes it. */
    private AacAudio aacSound;

    private volatile boolean connected;
    private final Queue<HeldPicture> pictures = new ArrayDeque<>();
    private MediaLoop.Timer release;
    private MediaLoop.Timer activity;
    private boolean ended;

    /**
     * @param means for sound as AAC
     * @param onEnd called on the loop, before viewers and listener hear of it
     */
    PublishedStream(
            PublishListener listener, long activityTimeoutUs, AacAudio.Means means, Consumer<PublishedStream> onEnd) {
        this.listener = listener;
        this.activityTimeoutUs = activityTimeoutUs;
        this.means = means;
        this.onEnd = onEnd;
    }

    /** @param sound the connection of the sound, when it has one of its own; else null */
    void open(PublisherConnection publisher, PublisherConnection sound, String mediaSessionId, String name) {
        connection = publisher;
        apart = sound;
        List<Stream.Offer> offers = new ArrayList<>();
        if (publisher.hasVideo()) {
            offers.add(new Stream.Offer(StreamTrack.Form.REAL_TIME, Format.video(Codec.H264, 0, 0, 0, LIKELY_PROFILE)));
        }
        if (publisher.hasAudio() || sound != null) {
            offers.add(new Stream.Offer(StreamTrack.Form.REAL_TIME, Format.audio(Codec.OPUS, 2)));
            if (AacAudio.problem().isEmpty()) {
                offers.add(new Stream.Offer(StreamTrack.Form.AAC, AacAudio.FORMAT));
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

    @AnyThread
    public Stream stream() {
        return stream;
    }

    /** The SDP answer. */
    @AnyThread
    public String answer() {
        return apart == null ? connection.answerSdp() : Answer.join(connection.answerSdp(), apart.answerSdp());
    }

    @Override
    public String client() {
        return listener.client();
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
            aacSound = new AacAudio(stream, audio, aac, means);
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

    @OnLoop
    public PublisherStatistics statistics() {
        return apart == null ? connection.statistics() : connection.statistics().with(apart.statistics());
    }

    /** Hears of the connection of the sound, when it has one of its own. */
    PublisherListener apart() {
        return new SeparateAudio(
                this::onFrame,
                reason -> goesOutInPart("There is no sound, as its connection failed: " + reason.text()));
    }

    /** The stream is not to be. */
    @AnyThread
    void disconnect() {
        connection.close();
        if (apart != null) {
            apart.close();
        }
    }

    /** The publisher ends it, by whatever means; may be called again. */
    @AnyThread
    public void unpublish(StatusText why) {
        stream.loop().execute(() -> finish(StreamEnd.unpublished(why), StatusText.STOPPED_BY_PUBLISHER_STOP));
    }

    /** The server ends it: viewers are told the same as the publisher. May be called again. */
    @AnyThread
    @Override
    public void end(StatusText why) {
        stream.loop().execute(() -> finish(StreamEnd.unpublished(why), why));
    }

    /** It cannot go on. */
    @AnyThread
    void fail(StatusText why) {
        stream.loop().execute(() -> onFailed(why));
    }

    @Override
    public void onConnected() {
        connected = true;
        if (apart == null) {
            connection.leftOut().ifPresent(this::goesOutInPart);
        }
        listener.onPublishing(stream);
        awaitActivity(stream.loop().nowUs());
    }

    /** Viewers hear of it, too. */
    private void goesOutInPart(String what) {
        LOG.warning(() -> stream.name() + " goes out in part: " + what);
        stream.setProblem(what);
    }

    /** Looks again when the publisher would have been silent for too long, if nothing came since {@code sinceUs}. */
    private void awaitActivity(long sinceUs) {
        activity = stream.loop().at(sinceUs + activityTimeoutUs, () -> {
            long lastUs = Math.max(connection.lastMediaUs(), apart == null ? 0 : apart.lastMediaUs());
            if (lastUs > sinceUs) {
                awaitActivity(lastUs);
            } else {
                onFailed(StatusText.FAILED_BY_RTP_ACTIVITY);
            }
        });
    }

    @Override
    public void onFrame(Frame frame) {
        if (frame.isVideo() && audio != null) {
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
        disconnect();
        onEnd.accept(this);
        stream.end(StreamEnd.stopped(forViewers));
        listener.onEnd(how);
    }

    /** One line: how the publisher got on the air, and how its network was. */
    @OnLoop
    String summary() {
        PublisherStatistics came = statistics();
        return stream.name() + " from "
                + (came.traffic().remote() == null ? "nowhere" : came.traffic().remote()) + ": "
                + connection.timings() + "; " + came.video().frames() + " pictures, "
                + came.audio().frames()
                + " of sound; lost " + came.video().lost() + " of "
                + came.video().packets() + " packets of video and "
                + came.audio().lost() + " of " + came.audio().packets() + " of audio, "
                + (came.video().recovered() + came.audio().recovered()) + " came again, "
                + (came.video().gaps() + came.audio().gaps())
                + " gaps, " + came.video().keyRequests() + " key frames asked for";
    }
}
