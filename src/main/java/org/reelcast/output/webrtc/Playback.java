package org.reelcast.output.webrtc;

import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.Blocking;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Holder;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.StreamStatus;
import org.reelcast.stream.Streams;
import org.reelcast.stream.TrackChoice;
import org.reelcast.stream.Variant;
import org.reelcast.webrtc.sdp.Answer;

/** One viewer's way from the request to the end. May be stopped at any moment, also while the stream is opened. */
final class Playback {
    private static final Logger LOG = Logger.getLogger(Playback.class.getName());
    static final Holder HOLDER = Holder.viewer(PlayService.MEDIA_PROVIDER, TrackChoice.REAL_TIME);

    private final String name;
    private final Holder holder;
    private final Consumer<PlaybackEvent> listener;
    private Hold hold;
    private Viewer viewer;
    /** What the offer does not bundle with the rest; null for nothing. */
    private Viewer apart;

    private StreamEnd end;

    /** @param holder {@link #HOLDER} of that viewer */
    Playback(String name, Holder holder, Consumer<PlaybackEvent> listener) {
        this.name = name;
        this.holder = holder;
        this.listener = listener;
    }

    /** Opens the stream and answers the offer. */
    @Blocking
    void open(Streams streams, Viewers viewers, String offer) {
        synchronized (this) {
            if (end != null) {
                return;
            }
        }
        try {
            Hold opened = taken(streams, viewers, offer);
            synchronized (this) {
                hold = opened;
                if (end != null) {
                    hold.close();
                    return;
                }
                viewer = viewers.join(opened, offer, this::onEvent);
                apart = viewers.joinApart(viewer, opened, offer, this::onEndApart)
                        .orElse(null);
                listener.accept(new PlaybackEvent.Answered(
                        apart == null ? viewer.answer() : Answer.join(viewer.answer(), apart.answer())));
            }
        } catch (Refusal e) {
            refuse(e);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.FINE, () -> name + " cannot be played, as no thread is to be had: " + e.getMessage());
            stop(StreamEnd.failed(StatusText.SERVER_IS_OVERLOADED));
        } catch (RuntimeException | Error e) {
            LOG.log(Level.SEVERE, "Unexpected error when " + name + " was to be played", e);
            stop(StreamEnd.failed(StatusText.FAILED_BY_ERROR));
        }
    }

    private synchronized void refuse(Refusal why) {
        if (end == null) {
            listener.accept(new PlaybackEvent.Refused(why));
            stop(StreamEnd.failed(why));
        }
    }

    /** The stream, or one that is made of it for who cannot take it. */
    private Hold taken(Streams streams, Viewers viewers, String offer) throws Refusal {
        Hold own = streams.open(name, holder);
        boolean other = false;
        try {
            other = viewers.mustBeTranscoded(own.stream(), offer);
            return other ? streams.open(Variant.baseline(name).uri(), holder) : own;
        } catch (Refusal | RuntimeException e) {
            other = true;
            throw e;
        } finally {
            if (other) {
                own.close();
            }
        }
    }

    private synchronized void onEvent(PlaybackEvent event) {
        if (event instanceof PlaybackEvent.Ended ended) {
            stop(ended.end());
        } else if (end == null) {
            if (event instanceof PlaybackEvent.Playing playing) {
                listener.accept(
                        apart == null
                                ? playing
                                : new PlaybackEvent.Playing(
                                        hold.stream().video(), hold.stream().audio(), playing.note()));
                hold.start();
            } else {
                listener.accept(event);
            }
        }
    }

    /** The rest goes on without what is apart. */
    private synchronized void onEndApart(PlaybackEvent event) {
        if (end == null
                && event instanceof PlaybackEvent.Ended ended
                && ended.end().status() == StreamStatus.FAILED
                && hold.stream().audio().isPresent()
                && hold.stream().video().isPresent()) {
            listener.accept(new PlaybackEvent.Problem("There is no sound, as its connection failed: "
                    + ended.end().info()));
        }
    }

    /** Ends the viewer's part, unless it has ended. */
    @AnyThread
    synchronized void stop(StreamEnd how) {
        if (end != null) {
            return;
        }
        end = how;
        if (viewer != null) {
            viewer.close();
        }
        if (apart != null) {
            apart.close();
        }
        if (hold != null) {
            hold.close();
        }
        listener.accept(new PlaybackEvent.Ended(how));
    }
}
