package org.reelcast.signalling;

import org.reelcast.stream.StreamEnd;
import org.reelcast.viewer.PlaybackFormat;
import org.reelcast.viewer.PlaybackListener;
import org.reelcast.vod.VodPlayback;
import org.reelcast.vod.VodService;

/** A stream that a client plays: tells the client what becomes of it. */
final class Playback implements PlaybackListener {
    private final String mediaSessionId;
    private final String name;
    private final Connection connection;
    private VodPlayback playback;
    private StreamEnd stopped;

    Playback(String mediaSessionId, String name, Connection connection) {
        this.mediaSessionId = mediaSessionId;
        this.name = name;
        this.connection = connection;
    }

    String mediaSessionId() {
        return mediaSessionId;
    }

    String name() {
        return name;
    }

    void start(VodService vod, String offer) {
        VodPlayback started = vod.play(name, offer, this);
        StreamEnd early;
        synchronized (this) {
            playback = started;
            early = stopped;
        }
        if (early != null) {
            started.stop(early);
        }
    }

    /** Any thread, any number of times. */
    void stop(StreamEnd how) {
        VodPlayback running;
        synchronized (this) {
            stopped = how;
            running = playback;
        }
        if (running != null) {
            running.stop(how);
        }
    }

    @Override
    public void onAnswer(String sdp) {
        connection.send(StreamStatusEvent.answer(mediaSessionId, sdp));
    }

    @Override
    public void onPlaying(PlaybackFormat format) {
        connection.send(StreamStatusEvent.playing(mediaSessionId, name, format));
    }

    @Override
    public void onResize(int width, int height) {
        connection.send(StreamStatusEvent.resize(mediaSessionId, width, height));
    }

    @Override
    public void onEnd(StreamEnd end) {
        connection.send(StreamStatusEvent.ended(mediaSessionId, name, end));
        connection.onPlaybackEnd(this, end);
    }
}
