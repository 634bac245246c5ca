package org.reelcast.output.hls.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.reelcast.loop.AnyThread;
import org.reelcast.media.AacFormat;
import org.reelcast.media.H264Format;
import org.reelcast.output.hls.http.AnswerMaker;
import org.reelcast.output.hls.http.HeldAnswers;
import org.reelcast.output.hls.http.HlsAnswer;
import org.reelcast.output.hls.http.Media;
import org.reelcast.output.hls.http.MediaCache;
import org.reelcast.output.hls.http.MediaName;
import org.reelcast.output.hls.http.SegmentedStream;
import org.reelcast.output.hls.playlist.MediaPlaylist;
import org.reelcast.output.hls.playlist.Variant;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.segment.SegmentFrames;

/** A live stream in segments, and who waits for its next part. */
@AnyThread
final class LiveDelivery implements SegmentedStream, Segmenter.Output {
    private static final long SECOND_US = 1_000_000;
    private static final int MOST_PARTS_AHEAD = 6;

    private final LiveWindow window;
    private final MediaCache cache;
    private final HeldAnswers alarms;
    private final Runnable keyFrames;
    /** Guarded by itself. */
    private final List<Waiter> waiters = new ArrayList<>();

    /** @param sequence of a segment; -1, -2 and so on for as many segments in the list */
    private record Waiter(long sequence, int part, CompletableFuture<HlsAnswer> answer, AnswerMaker maker) {}

    /** @param keyFrames asks the source for one */
    LiveDelivery(LiveWindow window, MediaCache cache, HeldAnswers alarms, Runnable keyFrames) {
        this.window = window;
        this.cache = cache;
        this.alarms = alarms;
        this.keyFrames = keyFrames;
    }

    @Override
    public void segment(long startUs, Optional<H264Format> video, Optional<AacFormat> audio, boolean discontinuous) {
        window.begin(startUs, video, audio, discontinuous);
    }

    @Override
    public void part(LivePart part, boolean lastOfSegment) {
        window.add(part, lastOfSegment);
        answerWaiters();
    }

    @Override
    public void endOfSegment() {
        window.endOfSegment();
        answerWaiters();
    }

    @Override
    public void wantKeyFrame() {
        keyFrames.run();
    }

    /** The stream has ended. */
    void end() {
        window.end();
        answerWaiters();
        alarms.later(window.lowLatency().kind().endDelayUs(), () -> {
            window.tellEnd();
            answerWaiters();
        });
    }

    private void answerWaiters() {
        List<Waiter> ready = new ArrayList<>();
        synchronized (waiters) {
            Iterator<Waiter> all = waiters.iterator();
            while (all.hasNext()) {
                Waiter waiter = all.next();
                if (waiter.answer().isDone()) {
                    all.remove();
                } else if (isListed(waiter.sequence(), waiter.part())) {
                    all.remove();
                    ready.add(waiter);
                }
            }
        }
        ready.forEach(waiter -> alarms.make(waiter.answer(), waiter.maker()));
    }

    private boolean isListed(long sequence, int part) {
        return sequence < 0
                ? window.isEnded() || window.whole() >= -sequence
                : window.isEndTold() || window.whole() > 0 && window.isListed(sequence, part);
    }

    @Override
    public String prefix() {
        return window.prefix();
    }

    @Override
    public Optional<byte[]> map(String resource) {
        return window.map(resource);
    }

    @Override
    public Variant variant() {
        Optional<Coding> coding = window.coding();
        return new Variant(
                window.peakBitrate(),
                window.averageBitrate(),
                coding.flatMap(Coding::video)
                        .map(format -> format.withDisplay(format.colour(), format.pixelAspect(), window.frameRate())),
                coding.flatMap(Coding::audio));
    }

    @Override
    public MediaPlaylist plain() {
        return window.plain();
    }

    @Override
    public MediaPlaylist lowLatency() {
        return window.lowLatency();
    }

    @Override
    public boolean hasParts() {
        return window.sizes().parts();
    }

    @Override
    public boolean isFarAhead(long sequence, int part) {
        long last = window.lastSequence();
        return !window.isEnded()
                && (sequence > last + 1 || sequence == last && part > window.lastParts() + MOST_PARTS_AHEAD);
    }

    @Override
    public boolean isWithinReach(long sequence, int part) {
        return sequence == window.lastSequence() + 1 && part == 0 && !window.isEndTold()
                || window.media(sequence)
                        .filter(media -> part
                                        < media.segment().parts().size()
                                                + (media.segment().whole() ? 0 : 1)
                                && (part >= 0 || media.segment().whole()))
                        .isPresent();
    }

    @Override
    public CompletionStage<HlsAnswer> whenReady(int segments, AnswerMaker answer) throws IOException {
        return whenListed(-segments, -1, answer);
    }

    @Override
    public CompletionStage<HlsAnswer> whenListed(long sequence, int part, AnswerMaker answer) throws IOException {
        synchronized (waiters) {
            if (!isListed(sequence, part)) {
                CompletableFuture<HlsAnswer> held = alarms.after(
                        3 * window.sizes().targetSeconds() * SECOND_US,
                        () -> HlsAnswer.refusal(503, "What was asked for takes too long to come."));
                waiters.add(new Waiter(sequence, part, held, answer));
                return held;
            }
        }
        return CompletableFuture.completedFuture(answer.make());
    }

    @Override
    public CompletionStage<Media> media(MediaName name) {
        LiveWindow.Media media = window.media(name.sequence()).orElse(null);
        if (media == null || name.part() >= media.segment().parts().size()) {
            return CompletableFuture.failedFuture(
                    new Refusal(StatusText.STREAM_NOT_FOUND, "the segment is not kept any more"));
        }
        if (!name.mp4()) {
            return cache.get(name.text(), media.segment().bytes(), () -> {
                SegmentFrames frames = media.segment().frames().shifted(media.shiftUs());
                return List.of(media.coding().transportStream().segment(frames.video(), frames.audio()));
            });
        }
        if (name.part() >= 0) {
            return part(media, name.part());
        }
        List<CompletableFuture<Media>> parts = new ArrayList<>();
        for (int i = 0; i < media.segment().parts().size(); i++) {
            parts.add(part(media, i));
        }
        return CompletableFuture.allOf(parts.toArray(new CompletableFuture<?>[0]))
                .thenApply(all ->
                        Media.joined(parts.stream().map(CompletableFuture::join).toList()));
    }

    private CompletableFuture<Media> part(LiveWindow.Media media, int index) {
        LiveSegment segment = media.segment();
        LivePart part = segment.parts().get(index);
        return cache.get(MediaName.part(prefix(), segment.sequence(), index), part.bytes(), () -> {
            SegmentFrames frames = part.frames().shifted(media.shiftUs());
            return List.of(media.coding()
                    .mp4()
                    .fragment(
                            (int) segment.sequence() * 64 + index + 1,
                            frames.video(),
                            frames.videoEndUs(),
                            frames.audio(),
                            frames.audioEndUs()));
        });
    }
}
