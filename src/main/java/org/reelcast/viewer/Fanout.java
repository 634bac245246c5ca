package org.reelcast.viewer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.reelcast.codec.Codec;
import org.reelcast.codec.Frame;
import org.reelcast.rtp.Packetizer;
import org.reelcast.rtp.RtpFrame;
import org.reelcast.stream.GroupOfPictures;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.Subscriber;
import org.reelcast.webrtc.udp.MediaLoop;

/**
 * Brings one stream to all its WebRTC viewers: a frame is cut into packets once, and crosses to another loop once,
 * however many viewers that loop has. Frames that are published in one task, a picture and the sound that rides with
 * it, stay together all the way. Lives on the stream's loop and takes part in the stream while it has viewers.
 */
final class Fanout implements Subscriber {
    private static final long FIRST_FRAME_INTERVAL_US = 10_000;
    private static final int FRAMES_TOGETHER = 4;

    private final Stream stream;
    private final Runnable onUnused;
    private final Packetizer videoPacketizer = Packetizer.of(Codec.H264);
    private final Packetizer audioPacketizer = Packetizer.of(Codec.OPUS);
    /** The viewers of each loop; map and lists are replaced, never changed: viewers may leave while they are served. */
    private Map<MediaLoop, List<Viewer>> groups = Map.of();
    private final GroupOfPictures<RtpFrame> groupOfPictures;
    /** What was published in the task under way: leaves together when it is over. */
    private List<RtpFrame> published = List.of();
    private long lastVideoUs;
    private long frameIntervalUs = FIRST_FRAME_INTERVAL_US;

    /** @param onUnused called on the stream's loop when the last viewer has left */
    Fanout(Stream stream, Runnable onUnused) {
        this.stream = stream;
        this.onUnused = onUnused;
        this.groupOfPictures = stream.newGroupOfPictures();
    }

    /** From now on the viewer gets the stream, first of all the kept group of pictures. */
    void add(Viewer viewer) {
        handOver();
        boolean first = groups.isEmpty();
        List<Viewer> viewers = new ArrayList<>(groups.getOrDefault(viewer.loop(), List.of()));
        viewers.add(viewer);
        setGroup(viewer.loop(), viewers);
        if (first) {
            stream.subscribe(this);
        }
        List<RtpFrame> catchUp = catchUp();
        onLoop(viewer.loop(), () -> viewer.join(catchUp));
    }

    /** The viewer gets nothing more. */
    void remove(Viewer viewer) {
        List<Viewer> viewers = new ArrayList<>(groups.getOrDefault(viewer.loop(), List.of()));
        viewers.remove(viewer);
        setGroup(viewer.loop(), viewers);
        if (groups.isEmpty()) {
            stream.unsubscribe(this);
            groupOfPictures.clear();
            onUnused.run();
        }
    }

    /** The kept group of pictures; where none is kept, a key frame is on its way, if the source can make one. */
    private List<RtpFrame> catchUp() {
        List<RtpFrame> kept = groupOfPictures.snapshot();
        if (kept.isEmpty()) {
            stream.requestKeyFrame();
        }
        return kept;
    }

    /** Sends the viewer the kept group of pictures again, or the next key frame. */
    void repair(Viewer viewer) {
        handOver();
        List<RtpFrame> frames = catchUp();
        long intervalUs = frameIntervalUs;
        onLoop(viewer.loop(), () -> viewer.repair(frames, intervalUs));
    }

    @Override
    public void onStart(List<Frame> frames) {
        frames.forEach(this::packetize);
    }

    @Override
    public void onFrame(Frame frame) {
        if (published.isEmpty()) {
            published = new ArrayList<>(FRAMES_TOGETHER);
            stream.loop().execute(this::handOver);
        }
        published.add(packetize(frame));
    }

    private void handOver() {
        List<RtpFrame> frames = published;
        if (frames.isEmpty()) {
            return;
        }
        published = List.of();
        groups.forEach((loop, viewers) -> onLoop(loop, () -> {
            for (int i = 0; i < viewers.size(); i++) {
                viewers.get(i).send(frames);
            }
        }));
    }

    @Override
    public void onEnd(StreamEnd end) {
        handOver();
        groups.forEach((loop, viewers) -> onLoop(loop, () -> viewers.forEach(viewer -> viewer.end(end))));
    }

    private RtpFrame packetize(Frame frame) {
        if (!frame.isVideo()) {
            return audioPacketizer.packetize(frame);
        }
        RtpFrame packets = videoPacketizer.packetize(frame);
        groupOfPictures.add(packets, frame.isKey(), frame.size());
        long intervalUs = frame.presentationTimeUs() - lastVideoUs;
        if (intervalUs > 0) {
            frameIntervalUs = intervalUs;
        }
        lastVideoUs = frame.presentationTimeUs();
        return packets;
    }

    private void onLoop(MediaLoop loop, Runnable task) {
        if (loop == stream.loop()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }

    private void setGroup(MediaLoop loop, List<Viewer> viewers) {
        Map<MediaLoop, List<Viewer>> changed = new HashMap<>(groups);
        if (viewers.isEmpty()) {
            changed.remove(loop);
        } else {
            changed.put(loop, viewers);
        }
        groups = changed;
    }
}
