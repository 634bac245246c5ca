package org.reelcast.source.vod;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.output.webrtc.PlaybackFormat;
import org.reelcast.output.webrtc.PlaybackListener;
import org.reelcast.output.webrtc.Viewer;
import org.reelcast.output.webrtc.Viewers;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.StreamEnd;

/** One viewer's way from the request to the end. May be stopped at any moment, also while its film is being opened. */
public final class VodPlayback {
    private static final Logger LOG = Logger.getLogger(VodPlayback.class.getName());

    private final String name;
    private final PlaybackListener listener;
    private Lease lease;
    private Viewer viewer;
    private StreamEnd end;

    VodPlayback(String name, PlaybackListener listener) {
        this.name = name;
        this.listener = listener;
    }

    /** Opens the stream and answers the offer; blocks. */
    void open(VodAgents agents, Viewers viewers, String offer) {
        try {
            Lease opened = agents.lease(name);
            synchronized (this) {
                lease = opened;
                if (end != null) {
                    lease.close();
                    return;
                }
                viewer = viewers.join(opened.stream(), opened.isAlone(), offer, new Steps());
                listener.onAnswer(viewer.answer());
            }
        } catch (Refusal e) {
            // of an overload the log speaks once, not for all who come meanwhile
            LOG.log(e.status() == StatusText.SERVER_IS_OVERLOADED ? Level.FINE : Level.WARNING,
                    () -> name + " cannot be played: " + e.getMessage());
            finish(StreamEnd.failed(e.status()));
        } catch (RuntimeException | Error e) {
            LOG.log(Level.SEVERE, "Unexpected error when " + name + " was to be played", e);
            finish(StreamEnd.failed(StatusText.FAILED_BY_ERROR));
        }
    }

    /** Ends the viewer's part, unless it has ended. */
    public void stop(StreamEnd how) {
        finish(how);
    }

    private synchronized void finish(StreamEnd how) {
        if (end != null) {
            return;
        }
        end = how;
        if (viewer != null) {
            viewer.close();
        }
        if (lease != null) {
            lease.close();
        }
        listener.onEnd(how);
    }

    /** What the viewer reports, until the end. */
    private final class Steps implements Viewer.Listener {
        @Override
        public void onConnected(PlaybackFormat format) {
            synchronized (VodPlayback.this) {
                if (end == null) {
                    listener.onPlaying(format);
                    lease.start();
                }
            }
        }

        @Override
        public void onResize(int width, int height) {
            synchronized (VodPlayback.this) {
                if (end == null) {
                    listener.onResize(width, height);
                }
            }
        }

        @Override
        public void onNotEnoughBandwidth(long mediaBps, long linkBps) {
            synchronized (VodPlayback.this) {
                if (end == null) {
                    listener.onNotEnoughBandwidth(mediaBps, linkBps);
                }
            }
        }

        @Override
        public void onEnd(StreamEnd how) {
            finish(how);
        }
    }
}
