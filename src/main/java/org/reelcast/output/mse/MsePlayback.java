package org.reelcast.output.mse;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.loop.MediaLoop;
import org.reelcast.media.Format;
import org.reelcast.media.MediaKind;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.signalling.Client;
import org.reelcast.signalling.ClientStream;
import org.reelcast.signalling.MediaSocket;
import org.reelcast.signalling.StreamRequest;
import org.reelcast.signalling.StreamStatusEvent;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Holder;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.StreamTrack;
import org.reelcast.stream.TrackChoice;

/**
 * A stream that a client plays by MSE, from the request to the end. When the stream is open the client is answered,
 * opens a socket for the media, and is sent it. May be stopped at any moment.
 */
final class MsePlayback extends ClientStream implements MediaSocket.User, MseViewer.Listener {
    private static final Logger LOG = Logger.getLogger(MsePlayback.class.getName());
    /** By then the client must have opened its socket. */
    static final long SOCKET_US = 10_000_000;
    /** So much earlier than it is shown a viewer has a film. */
    private static final long LEAD_US = ViewerTimeline.BURST_US + 100_000;

    private static final TrackChoice TRACKS = TrackChoice.preferring(
            List.of(StreamTrack.Form.REAL_TIME), List.of(StreamTrack.Form.AAC, StreamTrack.Form.ORIGINAL));
    private static final Holder HOLDER = Holder.viewer(
                    MseService.MEDIA_PROVIDER,
                    offered -> TRACKS.of(offered).stream()
                            .filter(track -> track.isVideo() || AudioForm.takes(track.format()))
                            .toList())
            .ahead(LEAD_US);
    /** High 10, High 4:2:2, High 4:4:4 Predictive, CAVLC 4:4:4 Intra: no browser decodes them. */
    private static final Set<Integer> FOREIGN_PROFILES = Set.of(110, 122, 244, 44);

    private final MsePlaybacks playbacks;
    private Hold hold;
    private MediaSocket socket;
    private MediaLoop.Timer patience;
    private MseViewer viewer;
    /** The browser had the first message before the viewer was known here. */
    private boolean early;

    private StreamEnd end;

    MsePlayback(StreamRequest request, MsePlaybacks playbacks) {
        super(request);
        this.playbacks = playbacks;
    }

    @Override
    public String verb() {
        return "plays by MSE";
    }

    @Override
    public void start(String offer) {
        try {
            if (playbacks.admission().admits()) {
                Client client = request().client();
                client.shareOf(playbacks.streams().opener(wanted(), client.remote()))
                        .execute(this::open);
            } else {
                end(StreamEnd.failed(StatusText.SERVER_IS_OVERLOADED));
            }
        } catch (RejectedExecutionException e) {
            LOG.log(Level.FINE, "Nobody opens {0}: {1}", new Object[] {name(), e.getMessage()});
            end(StreamEnd.failed(StatusText.SERVER_IS_OVERLOADED));
        }
        started(why -> end(StreamEnd.stopped(why)));
    }

    /** The stream, in the size that is wished. */
    private String wanted() {
        return playbacks.streams().nameOf(request().variant());
    }

    private void open() {
        try {
            Hold opened = playbacks
                    .streams()
                    .open(
                            wanted(),
                            HOLDER.from(request().startUs())
                                    .of(request().client().remote()));
            synchronized (this) {
                hold = opened;
                if (end != null) {
                    hold.close();
                    return;
                }
            }
            check();
            request().client().mediaSockets().await(this);
        } catch (Refusal e) {
            logRefusal(e);
            end(StreamEnd.failed(e));
        } catch (RuntimeException | Error e) {
            LOG.log(Level.SEVERE, "Unexpected error when " + name() + " was to be played", e);
            end(StreamEnd.failed(StatusText.FAILED_BY_ERROR));
        }
    }

    private void check() throws Refusal {
        Optional<Format> video = format(MediaKind.VIDEO);
        if (video.isEmpty() && format(MediaKind.AUDIO).isEmpty()) {
            throw new Refusal(StatusText.NO_COMMON_CODECS, name() + " has neither H.264 nor sound as AAC");
        }
        int profile = video.map(Format::profileLevelId).orElse(0) >> 16;
        if (FOREIGN_PROFILES.contains(profile)) {
            throw new Refusal(
                    StatusText.NO_COMMON_CODECS,
                    "The picture of " + name() + " has more than 8 bits or " + "colours in full resolution (profile "
                            + profile + "), which browsers do not decode");
        }
    }

    private Optional<Format> format(MediaKind kind) {
        return hold.tracks().stream()
                .filter(track -> track.kind() == kind)
                .map(StreamTrack::format)
                .findFirst();
    }

    @Override
    public synchronized void onTurn() {
        if (end != null) {
            request().client().mediaSockets().giveUp(this);
            return;
        }
        MediaLoop loop = hold.stream().loop();
        patience = loop.at(loop.nowUs() + SOCKET_US, () -> onEnd(StreamEnd.failed(StatusText.MEDIA_SOCKET_MISSING)));
        send(StreamStatusEvent.answer(
                mediaSessionId(),
                Answer.of(
                        format(MediaKind.VIDEO).isPresent(),
                        format(MediaKind.AUDIO).isPresent())));
    }

    @Override
    public void onSocket(MediaSocket opened) {
        synchronized (this) {
            socket = opened;
            patience.cancel();
            if (end != null) {
                socket.close("the stream is over");
                return;
            }
        }
        send(StreamStatusEvent.playing(
                mediaSessionId(),
                name(),
                format(MediaKind.VIDEO),
                format(MediaKind.AUDIO),
                MseService.MEDIA_PROVIDER,
                hold.stream().source().note()));
        hold.stream().problem().ifPresent(this::onProblem);
        Optional<MseViewer> joined = playbacks.feeds().join(hold, opened, this);
        boolean gone;
        boolean received;
        synchronized (this) {
            received = early;
            gone = end != null;
            viewer = gone ? null : joined.orElse(null);
        }
        if (gone) {
            joined.ifPresent(late -> playbacks.feeds().leave(hold.stream(), late));
        } else if (joined.isEmpty()) {
            end(StreamEnd.stopped(StatusText.STOPPED_BY_PUBLISHER_STOP));
        } else {
            if (received) {
                joined.get().received();
            }
            // a film begins with seconds at once
            hold.start();
        }
    }

    @Override
    public void onReceived() {
        MseViewer receiver;
        synchronized (this) {
            receiver = viewer;
            early |= viewer == null;
        }
        if (receiver != null) {
            receiver.received();
        }
    }

    /** The SDK does not see that its socket is gone, so the page has to be told. */
    @Override
    public void onLost() {
        onEnd(StreamEnd.failed(StatusText.MEDIA_SOCKET_LOST));
    }

    @Override
    public void onResized(int width, int height) {
        send(StreamStatusEvent.resize(mediaSessionId(), width, height));
    }

    @Override
    public void onProblem(String what) {
        send(StreamStatusEvent.problem(mediaSessionId(), name(), what));
    }

    @Override
    public void onEnd(StreamEnd how) {
        playbacks.off(() -> end(how));
    }

    /** Ends the viewer's part, unless it has ended. */
    private void end(StreamEnd how) {
        MediaSocket open;
        MseViewer left;
        synchronized (this) {
            if (end != null) {
                return;
            }
            end = how;
            open = socket;
            left = viewer;
        }
        if (left != null) {
            playbacks.feeds().leave(hold.stream(), left);
            request()
                    .client()
                    .log(
                            Level.INFO,
                            () -> name() + " by MSE to " + request().client().address() + ": " + left.summary());
        }
        request().client().mediaSockets().giveUp(this);
        if (patience != null) {
            patience.cancel();
        }
        if (hold != null) {
            hold.close();
        }
        send(StreamStatusEvent.ended(mediaSessionId(), name(), how));
        if (open != null) {
            open.close("the stream is over");
        }
        ended(how);
    }
}
