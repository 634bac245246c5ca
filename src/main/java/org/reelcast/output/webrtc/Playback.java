package org.reelcast.output.webrtc;

import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Holder;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.Streams;
import org.reelcast.stream.TrackChoice;

/** One viewer's way from the request to the end. May be stopped at any moment, also while the stream is opened. */
final class Playback {
    private static final Logger LOG = Logger.getLogger(Playback.class.getName());
    private static final Holder HOLDER = Holder.viewer(PlayService.MEDIA_PROVIDER, TrackChoice.REAL_TIME);

    private final String name;
    private final long startUs;
    private final Consumer<PlaybackEvent> listener;
    private Hold hold;
    private Viewer viewer;
    private StreamEnd end;

    /** @param startUs where a film that plays for this viewer alone starts */
    Playback(String name, long startUs, Consumer<PlaybackEvent> listener) {
        this.name = name;
        this.startUs = startUs;
        this.listener = listener;
    }

    /** Opens the stream and answers the offer; blocks. */
    void open(Streams streams, Viewers viewers, String offer) {
        synchronized (this) {
            if (end != null) {
                return;
            }
        }
        try {
            Hold opened = streams.open(name, HOLDER.from(startUs));
            synchronized (this) {
                hold = opened;
                if (end != null) {
                    hold.close();
                    return;
                }
                viewer = viewers.join(opened, offer, this::onEvent);
                listener.accept(new PlaybackEvent.Answered(viewer.answer()));
            }
        } catch (Refusal e) {
            // of an overload the log speaks once, not for all who come meanwhile
            LOG.log(e.status() == StatusText.SERVER_IS_OVERLOADED ? Level.FINE : Level.WARNING,
                    () -> name + " cannot be played: " + e.getMessage());
            stop(StreamEnd.failed(e.status()));
        } catch (RejectedExecutionException e) {
            LOG.log(Level.WARNING, () -> name + " cannot be played, as no thread is to be had: " + e.getMessage());
            stop(StreamEnd.failed(StatusText.SERVER_IS_OVERLOADED));
        } catch (RuntimeException | Error e) {
            LOG.log(Level.SEVERE, "Unexpected error when " + name + " was to be played", e);
            stop(StreamEnd.failed(StatusText.FAILED_BY_ERROR));
        }
    }

    private synchronized void onEvent(PlaybackEvent event) {
        if (event instanceof PlaybackEvent.Ended ended) {
            stop(ended.end());
        } else if (end == null) {
            listener.accept(event);
            if (event instanceof PlaybackEvent.Playing) {
                hold.start();
            }
        }
    }

    /** Ends the viewer's part, unless it has ended; any thread. */
    synchronized void stop(StreamEnd how) {
        if (end != null) {
            return;
        }
        end = how;
        if (viewer != null) {
            viewer.close();
        }
        if (hold != null) {
            hold.close();
        }
        listener.accept(new PlaybackEvent.Ended(how));
    }
}
