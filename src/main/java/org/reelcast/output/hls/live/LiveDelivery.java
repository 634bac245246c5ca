package org.reelcast.output.hls.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.reelcast.media.AacFormat;
import org.reelcast.media.H264Format;
import org.reelcast.output.hls.http.Alarms;
import org.reelcast.output.hls.http.AnswerMaker;
import org.reelcast.output.hls.http.HlsAnswer;
import org.reelcast.output.hls.http.MediaCache;
import org.reelcast.output.hls.http.MediaName;
import org.reelcast.output.hls.http.SegmentedStream;
import org.reelcast.output.hls.playlist.MediaPlaylist;
import org.reelcast.output.hls.playlist.Variant;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.segment.SegmentFrames;

/** A live stream in segments, and who waits for its next part. Any thread; does not block. */
final class LiveDelivery implements SegmentedStream, Segmenter.Output {
    private static final long SECOND_US = 1_000_000;
    private static final int MOST_PARTS_AHEAD = 6;

    private final LiveWindow window;
    private final MediaCache cache;
    private final Alarms alarms;
    private final Runnable keyFrames;
    /** Guarded by itself. */
    private final List<Waiter> waiters = new ArrayList<>();

    private record Waiter(long sequence, int part, CompletableFuture<HlsAnswer> answer, AnswerMaker maker) {
    }

    /** @param keyFrames asks the source for one */
    LiveDelivery(LiveWindow window, MediaCache cache, Alarms alarms, Runnable keyFrames) {
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
    public void wantKeyFrame() {
        keyFrames.run();
    }

    /** The stream has ended. */
    void end() {
        window.end();
        answerWaiters();
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
        return window.isEnded() || window.isReady() && (sequence == FIRST_LIST || window.isListed(sequence, part));
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
        return new Variant(window.peakBitrate(), window.averageBitrate(), coding.flatMap(Coding::video),
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
        return !window.isEnded() && (sequence > last + 1
                || sequence == last && part > window.lastParts() + MOST_PARTS_AHEAD);
    }

    @Override
    public boolean isWithinReach(long sequence, int part) {
        return sequence == window.lastSequence() + 1 && part == 0 && !window.isEnded()
                || window.media(sequence).filter(media -> part < media.segment().parts().size()
                        + (media.segment().whole() ? 0 : 1) && (part >= 0 || media.segment().whole())).isPresent();
    }

    @Override
    public CompletionStage<HlsAnswer> whenReady(AnswerMaker answer) throws IOException {
        return whenListed(FIRST_LIST, -1, answer);
    }

    @Override
    public CompletionStage<HlsAnswer> whenListed(long sequence, int part, AnswerMaker answer) throws IOException {
        synchronized (waiters) {
            if (!isListed(sequence, part)) {
                CompletableFuture<HlsAnswer> held = alarms.after(3 * window.sizes().targetSeconds() * SECOND_US,
                        () -> HlsAnswer.refusal(503, "What was asked for takes too long to come."));
                waiters.add(new Waiter(sequence, part, held, answer));
                return held;
            }
        }
        return CompletableFuture.completedFuture(answer.make());
    }

    @Override
    public CompletionStage<List<byte[]>> media(MediaName name) {
        LiveWindow.Media media = window.media(name.sequence()).orElse(null);
        if (media == null || name.part() >= media.segment().parts().size()) {
            return CompletableFuture.failedFuture(new Refusal(StatusText.STREAM_NOT_FOUND,
                    "the segment is not kept any more"));
        }
        if (!name.mp4()) {
            return cache.get(name.text(), () -> {
                SegmentFrames frames = media.segment().frames().shifted(media.shiftUs());
                return List.of(media.coding().transportStream().segment(frames.video(), frames.audio()));
            });
        }
        if (name.part() >= 0) {
            return part(media, name.part());
        }
        List<CompletableFuture<List<byte[]>>> parts = new ArrayList<>();
        for (int i = 0; i < media.segment().parts().size(); i++) {
            parts.add(part(media, i));
        }
        return CompletableFuture.allOf(parts.toArray(new CompletableFuture<?>[0])).thenApply(all -> parts.stream()
                .flatMap(part -> part.join().stream()).toList());
    }

    private CompletableFuture<List<byte[]>> part(LiveWindow.Media media, int index) {
        LiveSegment segment = media.segment();
        return cache.get(MediaName.part(prefix(), segment.sequence(), index), () -> {
            SegmentFrames frames = segment.parts().get(index).frames().shifted(media.shiftUs());
            return List.of(media.coding().mp4().fragment((int) segment.sequence() * 64 + index + 1, frames.video(),
                    frames.videoEndUs(), frames.audio(), frames.audioEndUs()));
        });
    }
}
