package org.reelcast.output.hls.live;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.loop.MonotonicClock;
import org.reelcast.media.Codec;
import org.reelcast.media.Frame;
import org.reelcast.output.hls.http.Deliverable;
import org.reelcast.output.hls.http.HeldAnswers;
import org.reelcast.output.hls.http.MediaCache;
import org.reelcast.output.hls.http.StreamDelivery;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.FrameQueue;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Holder;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamTrack;
import org.reelcast.stream.TrackChoice;

/** A live stream that is cut into segments as it comes: what is published, and what others make of streams. */
public final class SegmentedLive implements FrameQueue.Worker {
    private static final Logger LOG = Logger.getLogger(SegmentedLive.class.getName());
    private static final Holder HOLDER = Holder.output(
            "HLS",
            offered -> TrackChoice.preferring(
                            List.of(StreamTrack.Form.ORIGINAL, StreamTrack.Form.REAL_TIME),
                            List.of(StreamTrack.Form.AAC, StreamTrack.Form.ORIGINAL))
                    .of(offered)
                    .stream()
                    .filter(track -> track.isVideo() || track.format().codec() == Codec.AAC)
                    .toList());
    /** Often, as a part is half a second. */
    private static final FrameQueue.Limits LIMITS = new FrameQueue.Limits(32 << 20, 8_000, 40_000);
    /** 2020, in µs since 1970: media sequence numbers count half seconds from there, so that they never fall. */
    private static final long SEQUENCE_EPOCH_US = 1_577_836_800_000_000L;

    private static final long MAX_BYTES = 128L << 20;
    /** Of what all segments' memory may be: a stream keeps no more of its frames. */
    private static final int SHARE = 2;

    private final String name;
    private final LiveDelivery delivery;
    private final Segmenter segmenter;
    private final TimeOrder order;

    /** What the settings say; see {@link LiveWindow.Sizes}. */
    public record Options(
            int plainList, int lowLatencyList, int kept, boolean lowLatency, boolean mp4, long minSegmentUs) {}

    private SegmentedLive(String name, LiveDelivery delivery, Options options, boolean hasPicture, boolean both) {
        this.name = name;
        this.delivery = delivery;
        segmenter = new Segmenter(
                hasPicture, both || !hasPicture, options.minSegmentUs(), 2 * options.minSegmentUs(), delivery);
        order = new TimeOrder(both, new HeldVideo(segmenter::take)::take);
    }

    /**
     * Takes the stream and delivers it until it ends.
     *
     * @param commonTimes whether others take its place, whose media must have the same times: those of the loops' clock
     * @param memory      for the frames of all such streams
     * @param executor    cuts it, by short tasks
     */
    public static Opened open(
            String name,
            Stream stream,
            Options options,
            boolean commonTimes,
            LiveMemory memory,
            MediaCache cache,
            HeldAnswers alarms,
            Executor executor)
            throws Refusal {
        Hold hold =
                stream.hold(HOLDER).orElseThrow(() -> new Refusal(StatusText.STREAM_NOT_FOUND, "the stream has ended"));
        List<StreamTrack> tracks = hold.tracks();
        if (tracks.isEmpty()) {
            hold.close();
            throw new Refusal(StatusText.NO_COMMON_CODECS, "it has neither a picture nor sound that HLS carries");
        }
        long timeOfDayUs = MonotonicClock.timeOfDayUs();
        int targetSeconds = (int) ((2 * options.minSegmentUs() + 999_999) / 1_000_000);
        LiveMemory.Share share = memory.share(name);
        LiveWindow window = new LiveWindow(
                UUID.randomUUID().toString().substring(0, 8),
                new LiveWindow.Sizes(
                        options.plainList(),
                        options.lowLatencyList(),
                        options.kept(),
                        options.lowLatency(),
                        options.mp4(),
                        targetSeconds,
                        Math.min(MAX_BYTES, cache.largest() / SHARE)),
                share,
                Math.max(0, timeOfDayUs - SEQUENCE_EPOCH_US) / 500_000,
                timeOfDayUs - MonotonicClock.nowUs(),
                commonTimes ? 0 : LiveWindow.FIRST);
        LiveDelivery delivery =
                new LiveDelivery(window, cache, alarms, () -> stream.loop().execute(stream::requestKeyFrame));
        SegmentedLive live = new SegmentedLive(
                name, delivery, options, tracks.stream().anyMatch(StreamTrack::isVideo), tracks.size() > 1);
        FrameQueue queue = new FrameQueue(stream, LIMITS, FrameQueue.WhenLate.SKIP_TO_KEY_FRAME, executor, live);
        queue.start(tracks);
        return new Opened(new StreamDelivery(name, delivery, alarms), () -> {
            queue.stop();
            hold.close();
            share.close();
        });
    }

    /** @param close ends the delivery */
    public record Opened(Deliverable delivery, Runnable close) {}

    @Override
    public boolean take(Frame frame, long inStepUs) {
        try {
            order.take(frame);
            return true;
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, name + " is no longer delivered as HLS", e);
            return false;
        }
    }

    @Override
    public void end(FrameQueue.End why) {
        try {
            order.finish();
            segmenter.finish();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The last of " + name + " is missing in HLS", e);
        }
        delivery.end();
    }
}
