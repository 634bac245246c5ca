package org.reelcast.output.webrtc;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Logger;
import org.reelcast.live.encode.ReducedAudio;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.MediaLoop;
import org.reelcast.loop.OnLoop;
import org.reelcast.media.Format;
import org.reelcast.media.MediaKind;
import org.reelcast.refusal.StatusText;
import org.reelcast.rtp.LinkStatistics;
import org.reelcast.rtp.RtpFrame;
import org.reelcast.rtp.SendLevel;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;
import org.reelcast.webrtc.PeerConnection;
import org.reelcast.webrtc.PeerListener;
import org.reelcast.webrtc.PeerStatistics;
import org.reelcast.webrtc.sdp.AudioLimits;

/** Sends one stream to one browser. Lives on the peer's loop; what comes from other threads is posted there. */
@OnLoop
public final class Viewer implements PeerListener, FanoutMember, RungSwitch.Viewing {
    private static final Logger LOG = Logger.getLogger(Viewer.class.getName());
    /** Catch-up frames are dated this far apart: the browser decodes them as fast as it can and shows the last. */
    private static final long CATCH_UP_STEP_US = 1000;
    /** So often at most is the group of pictures sent again to a viewer who lost the picture. */
    private static final long REPAIR_INTERVAL_US = 1_000_000;
    /** A picture older than this is not repaired: dated where it belongs, it would make the browser expect delays. */
    private static final long WAITING_US = 2_000_000;
    /** The same for a viewer who gets key frames alone, and would lose the next one to the repair. */
    private static final long NARROW_REPAIR_INTERVAL_US = 4_000_000;

    private final Fanouts fanouts;
    private final Stream stream;
    /** Called on the peer's loop. */
    private final Consumer<PlaybackEvent> listener;

    private volatile PeerConnection peer;
    /** Null where the picture is sent in its own size alone. */
    private RungSwitch rungs;
    /** Asked for at each frame. */
    private boolean takesVideo;
    /** Null when it takes none. */
    private ViewerAudio sound;

    private boolean closed;
    private boolean showsPicture;
    private Format shown;
    /** How the last picture was dated, and what it says itself. */
    private long lastVideoUs = Long.MIN_VALUE;

    private long lastFrameUs = Long.MIN_VALUE;
    private long lastRepairUs = Long.MIN_VALUE;

    Viewer(Fanouts fanouts, Stream stream, Consumer<PlaybackEvent> listener) {
        this.fanouts = fanouts;
        this.stream = stream;
        this.listener = listener;
    }

    /** Before anything else. */
    void setPeer(PeerConnection peer) {
        takesVideo = peer.hasVideo();
        if (peer.hasAudio()) {
            AudioLimits wish = peer.track(MediaKind.AUDIO).sound();
            sound = new ViewerAudio(wish.packetMs(), fanouts.limit(stream, wish), peer::send);
        }
        this.peer = peer;
    }

    /** Before anything else, where the stream is to be had in other sizes. */
    void adapts(RungSwitch sizes) {
        rungs = sizes;
    }

    PeerConnection peer() {
        return peer;
    }

    @Override
    public MediaLoop loop() {
        return peer.loop();
    }

    /** The SDP answer. */
    @AnyThread
    public String answer() {
        return peer.answerSdp();
    }

    /** Leaves the stream and closes the connection. */
    @AnyThread
    public void close() {
        loop().execute(this::leave);
    }

    private void leave() {
        if (!closed) {
            closed = true;
            onStream(fanout -> fanout.remove(this));
            if (rungs != null) {
                rungs.close();
            }
            log(peer.statistics());
            peer.close();
        }
    }

    /** One line a viewer: how it got on the air, and how its network was. */
    private void log(PeerStatistics sent) {
        LOG.info(() -> stream.name() + " to "
                + (sent.traffic().remote() == null ? "nowhere" : sent.traffic().remote()) + ": "
                + peer.timings() + "; " + sent.traffic().packetsSent() + " packets sent, "
                + (sent.rtp().video().packetsResent() + sent.rtp().audio().packetsResent()) + " of them again, "
                + sent.rtp().video().keyFrameRequests() + " key frames asked for, "
                + sent.rtp().video().framesDropped() + " pictures dropped"
                + thinned(sent.rtp().link()));
    }

    private static String thinned(LinkStatistics link) {
        return link.shortages() == 0
                ? ""
                : ", " + link.framesThinned() + " left out for a link of " + link.linkBps() / 1000 + " kbit/s";
    }

    /** Does something with the stream's fanout, on the stream's loop, in the order of the calls. */
    private void onStream(Consumer<Fanout> action) {
        onStream(stream, action);
    }

    @Override
    public void onStream(Stream other, Consumer<Fanout> action) {
        if (other.loop() == loop()) {
            action.accept(fanouts.of(other));
        } else {
            other.loop().execute(() -> action.accept(fanouts.of(other)));
        }
    }

    @Override
    public void onConnected() {
        if (!closed) {
            listener.accept(playing());
            peer.leftOut().ifPresent(what -> {
                LOG.warning(() -> stream.name() + " goes out in part: " + what);
                problem(what);
            });
            onStream(fanout -> fanout.add(this));
            if (rungs != null) {
                rungs.start();
            }
        }
    }

    private PlaybackEvent playing() {
        return new PlaybackEvent.Playing(
                takesVideo ? stream.video() : Optional.empty(),
                sound != null ? stream.audio() : Optional.empty(),
                stream.source().note());
    }

    @Override
    public void onFailed(StatusText reason) {
        end(StreamEnd.failed(reason));
    }

    @Override
    public void onClosed() {
        end(StreamEnd.stopped(StatusText.STOPPED_BY_USER));
    }

    @Override
    public void onKeyFrameRequest() {
        long nowUs = loop().nowUs();
        if (showsPicture && Math.abs(nowUs - lastVideoUs) > WAITING_US) {
            // the film waits for its data or its start, and the browser asks for want of pictures: it has all there are
            return;
        }
        long intervalUs = peer.level() == SendLevel.KEYS ? NARROW_REPAIR_INTERVAL_US : REPAIR_INTERVAL_US;
        if (showsPicture && (lastRepairUs == Long.MIN_VALUE || nowUs - lastRepairUs >= intervalUs)) {
            lastRepairUs = nowUs;
            if (rungs != null && rungs.isOther()) {
                rungs.repair();
            } else {
                onStream(fanout -> fanout.repair(this));
            }
        }
    }

    @Override
    public void onNotEnoughBandwidth(long mediaBps, long linkBps) {
        if (!closed) {
            listener.accept(new PlaybackEvent.NotEnoughBandwidth(mediaBps, linkBps));
        }
    }

    @Override
    public void rungs(boolean smaller, boolean larger, boolean changed) {
        peer.rungs(smaller, larger, changed);
    }

    @Override
    public void onSmallerWanted(long mediaBps, long linkBps) {
        if (!closed && rungs != null) {
            rungs.smaller(mediaBps, linkBps);
        }
    }

    @Override
    public void onLargerWanted() {
        if (!closed && rungs != null) {
            rungs.larger();
        }
    }

    /** The next key frame of a film comes by itself; a camera is asked for one. */
    @Override
    public void onRecovery() {
        if (!closed) {
            stream.loop().execute(stream::requestKeyFrame);
            if (rungs != null) {
                rungs.recovered();
            }
        }
    }

    @Override
    public void problem(String what) {
        if (!closed) {
            listener.accept(new PlaybackEvent.Problem(what));
        }
    }

    /** The stream ended, or the peer did. */
    @Override
    public void end(StreamEnd how) {
        if (!closed) {
            if (sound != null) {
                sound.flush();
            }
            leave();
            listener.accept(new PlaybackEvent.Ended(how));
        }
    }

    /** The browser shows the present picture and is not behind; what it has had of the group it does not get again. */
    @Override
    public void join(List<RtpFrame> groupOfPictures) {
        if (rungs != null && rungs.isOther()) {
            // the other size has what leads to the present, too
            return;
        }
        if (groupOfPictures.isEmpty()) {
            // what leads to the present was not kept: the next key frame
            showsPicture = false;
        }
        List<RtpFrame> news = showsPicture
                ? groupOfPictures.stream()
                        .filter(frame -> frame.frame().presentationTimeUs() > lastFrameUs)
                        .toList()
                : groupOfPictures;
        if (closed || news.isEmpty()) {
            return;
        }
        long lastUs = news.get(news.size() - 1).frame().presentationTimeUs();
        long stepUs = showsPicture ? stepUs(lastUs - lastVideoUs, news.size()) : CATCH_UP_STEP_US;
        catchUp(news, lastUs - (news.size() - 1) * stepUs, stepUs);
    }

    /** How far apart so many frames are dated for which there is so much room. */
    private static long stepUs(long roomUs, int frames) {
        return Math.max(1, Math.min(CATCH_UP_STEP_US, roomUs / frames));
    }

    @Override
    public void repair(List<RtpFrame> groupOfPictures, long frameIntervalUs) {
        if (closed || groupOfPictures.isEmpty()) {
            return;
        }
        long stepUs = stepUs(frameIntervalUs, groupOfPictures.size() + 1);
        catchUp(groupOfPictures, lastVideoUs + stepUs, stepUs);
    }

    private void catchUp(List<RtpFrame> groupOfPictures, long fromUs, long stepUs) {
        long timeUs = fromUs;
        for (RtpFrame frame : groupOfPictures) {
            sendVideo(frame, timeUs);
            timeUs += stepUs;
        }
    }

    @Override
    public void send(List<RtpFrame> frames) {
        for (int i = 0; i < frames.size() && !closed; i++) {
            send(frames.get(i));
        }
    }

    private void send(RtpFrame frame) {
        if (frame.isVideo()) {
            if (rungs == null || rungs.showsOwn(frame)) {
                sendPicture(frame);
            }
        } else if (sound != null) {
            sound.sendUsual(frame);
        }
    }

    /** Sends a picture that is due: one of another size may come a little later than the last one of the one before. */
    @Override
    public void sendPicture(RtpFrame frame) {
        long timeUs = frame.frame().presentationTimeUs();
        sendVideo(frame, rungs == null ? timeUs : Math.max(timeUs, lastVideoUs + CATCH_UP_STEP_US));
    }

    @Override
    public Optional<ReducedAudio.Limit> soundLimit() {
        return sound == null ? Optional.empty() : sound.limit();
    }

    @Override
    public void sendReduced(RtpFrame reduced) {
        if (!closed) {
            sound.send(reduced);
        }
    }

    @Override
    public void takeUsualSound() {
        sound.takeUsual();
    }

    private void sendVideo(RtpFrame frame, long timeUs) {
        if (!takesVideo || !showsPicture && !frame.isKey()) {
            return;
        }
        showsPicture = true;
        Format now = frame.frame().format();
        if (now != shown) {
            if (shown == null || shown.width() != now.width() || shown.height() != now.height()) {
                listener.accept(new PlaybackEvent.Resized(now.width(), now.height()));
            }
            shown = now;
        }
        lastVideoUs = Math.max(lastVideoUs, timeUs);
        lastFrameUs = frame.frame().presentationTimeUs();
        peer.send(frame, timeUs);
    }
}
