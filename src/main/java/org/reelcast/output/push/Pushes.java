package org.reelcast.output.push;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Logger;
import org.reelcast.codec.ffmpeg.RtmpPublisher;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.MonotonicClock;
import org.reelcast.media.AacFormat;
import org.reelcast.media.H264Format;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Holder;
import org.reelcast.stream.StreamTrack;
import org.reelcast.stream.Streams;
import org.reelcast.stream.TrackChoice;

/** All pushes of the server. */
@AnyThread
final class Pushes {
    private static final Logger LOG = Logger.getLogger(Pushes.class.getName());
    /** The picture as H.264, the source's own if it is; sound as AAC, the source's own if it is, else made of it. */
    private static final TrackChoice TRACKS = offered -> java.util.stream.Stream.of(
                    offered.stream()
                            .filter(track -> track.format() instanceof H264Format)
                            .min(Pushes::originalFirst),
                    offered.stream()
                            .filter(track -> track.format() instanceof AacFormat)
                            .min(Pushes::originalFirst))
            .flatMap(Optional::stream)
            .toList();

    private static final Holder HOLDER = Holder.output("push", TRACKS);

    private final Streams streams;
    private final PushRules rules;
    private final Executor senders;
    /** By media session id, in the order of their start. */
    private final Map<String, Push> running = new LinkedHashMap<>();

    /** @param senders run short tasks that send what has come, each for as long as the server's limit at most */
    Pushes(Streams streams, PushRules rules, Executor senders) {
        this.streams = streams;
        this.rules = rules;
        this.senders = senders;
    }

    private static int originalFirst(StreamTrack a, StreamTrack b) {
        return a.form().compareTo(b.form());
    }

    /** @param isFullUrl whether the URL holds the name of the stream there, too @throws Refusal when the URL is wrong */
    PushTarget target(String streamName, String rtmpUrl, boolean isFullUrl) throws Refusal {
        return PushTarget.of(streamName, rtmpUrl, isFullUrl, rules.prefix());
    }

    /**
     * Starts to push a stream. Blocks until the server takes it.
     *
     * @param mediaSessionId by which REST knows the push
     * @throws Refusal when there is no such stream, it is pushed there already, or the server
     *                 does not take it: then nothing is left of it
     */
    Push startup(PushTarget target, String mediaSessionId) throws Refusal {
        if (rules.verifies()) {
            target.checkNamed();
        }
        rules.place(target);
        Hold hold = streams.open(target.streamName(), HOLDER);
        if (hold.tracks().isEmpty()) {
            hold.close();
            throw Refusal.told(StatusText.PUSH_FAILED, "The stream has neither H.264 nor AAC, which RTMP carries");
        }
        Push push = new Push(mediaSessionId, hold, target, this::connect, senders, MonotonicClock::nowUs);
        try {
            add(push);
        } catch (Refusal e) {
            hold.close();
            throw e;
        }
        try {
            push.start();
        } catch (IOException e) {
            remove(push);
            throw Refusal.told(StatusText.PUSH_FAILED, e.getMessage());
        }
        push.ended().thenRun(() -> remove(push));
        LOG.info(() -> push + " has begun");
        return push;
    }

    private synchronized void add(Push push) throws Refusal {
        if (running.values().stream().anyMatch(other -> other.target().isSame(push.target()))) {
            throw new Refusal(StatusText.PUSH_ALREADY_RUNS, push + " runs already: end it first");
        }
        if (running.size() >= PushRules.MOST) {
            throw new Refusal(StatusText.SERVER_IS_OVERLOADED, running.size() + " streams are pushed already");
        }
        running.put(push.mediaSessionId(), push);
    }

    private synchronized void remove(Push push) {
        running.remove(push.mediaSessionId());
    }

    private RtmpPublisher connect(Push push) throws IOException {
        return RtmpPublisher.connect(
                push.target().address(rules.place(push.target())),
                rules.authorities(push.target()),
                push::isStopping,
                rules.timeoutMs());
    }

    synchronized List<Push> all() {
        return new ArrayList<>(running.values());
    }

    synchronized Optional<Push> find(String mediaSessionId) {
        return Optional.ofNullable(running.get(mediaSessionId));
    }

    /** Ends all, and waits for it, at most so long. */
    void close(long limitMs) {
        List<Push> last = all();
        last.forEach(Push::stop);
        try {
            CompletableFuture.allOf(last.stream()
                            .map(push -> push.ended().toCompletableFuture())
                            .toArray(CompletableFuture<?>[]::new))
                    .get(limitMs, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.info("The server stops before all RTMP servers were told");
        }
    }
}
