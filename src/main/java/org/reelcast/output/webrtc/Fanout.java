package org.reelcast.output.webrtc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.reelcast.live.encode.ReducedAudio;
import org.reelcast.loop.MediaLoop;
import org.reelcast.loop.OnLoop;
import org.reelcast.media.Codec;
import org.reelcast.media.Frame;
import org.reelcast.rtp.Packetizer;
import org.reelcast.rtp.Packetizers;
import org.reelcast.rtp.RtpFrame;
import org.reelcast.stream.GroupOfPictures;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.Subscriber;
import org.reelcast.stream.TrackChoice;
import org.reelcast.stream.Variant;

/**
 * Brings one stream to all its WebRTC viewers: a frame is cut into packets once, and crosses to another loop once,
 * however many viewers that loop has. Frames that are published in one task, a picture and the sound that rides with
 * it, stay together all the way. Lives on the stream's loop and takes part in the stream while it has viewers.
 */
@OnLoop
final class Fanout implements Subscriber {
    private static final long FIRST_FRAME_INTERVAL_US = 10_000;
    private static final int FRAMES_TOGETHER = 4;
    /** The last of a film's viewers gets it by so many steps less one later than the first: 252 ms. */
    private static final int MOST_ROWS = 64;

    private final Stream stream;
    private final ReducedAudios sounds;
    private final Runnable onUnused;
    private final Packetizer videoPacketizer;
    private final Packetizer audioPacketizer = Packetizers.of(Codec.OPUS);
    /** The viewers of each loop; map and rows are replaced, never changed: viewers may leave while they are served. */
    private Map<MediaLoop, Group> groups = Map.of();

    private final GroupOfPictures<RtpFrame> groupOfPictures;
    /** What was published in the task under way: leaves together when it is over. */
    private List<RtpFrame> published = List.of();

    private boolean subscribing;
    /** Null as long as the stream goes on. */
    private StreamEnd end;

    private long lastVideoUs;
    private long frameIntervalUs = FIRST_FRAME_INTERVAL_US;

    /** Those of one loop, and how they are served there. */
    private record Group(StaggeredSend<FanoutMember> waves, SendSlots<FanoutMember> rows) {}

    /**
     * @param sounds   by what sound is made for those who want less of it
     * @param onUnused called on the stream's loop when the last viewer has left
     */
    Fanout(Stream stream, ReducedAudio.Means sounds, Runnable onUnused) {
        this.stream = stream;
        this.sounds = new ReducedAudios(stream, sounds);
        this.onUnused = onUnused;
        this.videoPacketizer =
                Variant.isBaseline(stream.name()) ? Packetizers.ofSingleUnits() : Packetizers.of(Codec.H264);
        this.groupOfPictures = stream.newGroupOfPictures();
    }

    /** From now on the viewer gets the stream, first of all the kept group of pictures. */
    void add(FanoutMember viewer) {
        if (end != null) {
            StreamEnd how = end;
            onLoop(viewer.loop(), () -> viewer.end(how));
            return;
        }
        handOver();
        boolean first = groups.isEmpty();
        Group group = groups.get(viewer.loop());
        setGroup(
                viewer.loop(),
                group == null
                        ? new Group(new StaggeredSend<>(viewer.loop()), rows().with(viewer))
                        : new Group(group.waves(), group.rows().with(viewer)));
        if (first) {
            subscribing = true;
            stream.subscribe(this, TrackChoice.REAL_TIME.of(stream.tracks()));
            subscribing = false;
        }
        viewer.soundLimit().ifPresent(limit -> sounds.add(viewer, limit));
        List<RtpFrame> catchUp = catchUp();
        onLoop(viewer.loop(), () -> viewer.join(catchUp));
        stream.problem().ifPresent(what -> onLoop(viewer.loop(), () -> viewer.problem(what)));
    }

    @Override
    public void onProblem(String what) {
        groups.forEach((loop, group) ->
                onLoop(loop, () -> group.waves().start(group.rows(), Long.MAX_VALUE, viewer -> viewer.problem(what))));
    }

    /** The viewer gets nothing more. */
    void remove(FanoutMember viewer) {
        viewer.soundLimit().ifPresent(limit -> sounds.remove(viewer, limit));
        Group group = groups.get(viewer.loop());
        if (group != null) {
            setGroup(viewer.loop(), new Group(group.waves(), group.rows().without(viewer)));
        }
        if (groups.isEmpty()) {
            stream.unsubscribe(this);
            groupOfPictures.clear();
            onUnused.run();
        }
    }

    /** What a camera sends is to arrive at once; a film may come a little later for some than for others. */
    private SendSlots<FanoutMember> rows() {
        return SendSlots.none(stream.traits().live() ? 1 : MOST_ROWS);
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
    void repair(FanoutMember viewer) {
        handOver();
        List<RtpFrame> frames = catchUp();
        long intervalUs = frameIntervalUs;
        Group group = groups.get(viewer.loop());
        if (group != null) {
            SendSlots<FanoutMember> row = group.rows().only(viewer);
            // after what is on its way to it, before what comes then
            onLoop(
                    viewer.loop(),
                    () -> group.waves().start(row, Long.MAX_VALUE, each -> each.repair(frames, intervalUs)));
        }
    }

    @Override
    public void onStart(List<Frame> frames) {
        handOver();
        frames.forEach(this::packetize);
        if (!subscribing) {
            List<RtpFrame> leading = groupOfPictures.snapshot();
            serveAll(Long.MAX_VALUE, viewer -> viewer.join(leading));
        }
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
        published = List.of();
        byPicture(frames).forEach(this::handOver);
    }

    /**
     * Each picture is a wave of its own, with the sound behind it: of two that are late together the second is not
     * sent early to those who come last.
     */
    static List<List<RtpFrame>> byPicture(List<RtpFrame> frames) {
        List<List<RtpFrame>> parts = new ArrayList<>(1);
        boolean picture = false;
        for (RtpFrame frame : frames) {
            if (parts.isEmpty() || picture && frame.isVideo()) {
                parts.add(new ArrayList<>(FRAMES_TOGETHER));
            }
            picture |= frame.isVideo();
            parts.get(parts.size() - 1).add(frame);
        }
        return parts;
    }

    private void handOver(List<RtpFrame> frames) {
        serveAll(dueUs(frames), viewer -> viewer.send(frames));
    }

    private void serveAll(long dueUs, Consumer<FanoutMember> what) {
        groups.forEach((loop, group) -> onLoop(loop, () -> group.waves().start(group.rows(), dueUs, what)));
    }

    /** When the picture should have left; sound leaves with it or by itself, early. */
    private static long dueUs(List<RtpFrame> frames) {
        for (RtpFrame frame : frames) {
            if (frame.isVideo()) {
                return frame.frame().decodeTimeUs();
            }
        }
        return Long.MAX_VALUE;
    }

    @Override
    public void onEnd(StreamEnd how) {
        end = how;
        handOver();
        groups.forEach((loop, group) -> onLoop(loop, () -> {
            group.waves().start(group.rows(), Long.MAX_VALUE, viewer -> viewer.end(how));
            group.waves().finish();
        }));
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

    private void setGroup(MediaLoop loop, Group group) {
        Map<MediaLoop, Group> changed = new HashMap<>(groups);
        if (group.rows().isEmpty()) {
            changed.remove(loop);
        } else {
            changed.put(loop, group);
        }
        groups = changed;
    }
}
