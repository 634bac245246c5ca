package org.reelcast.signalling;

import org.reelcast.stream.StreamEnd;
import org.reelcast.viewer.PlaybackFormat;
import org.reelcast.viewer.PlaybackListener;
import org.reelcast.vod.VodPlayback;

/** A stream that a client plays: tells the client what becomes of it. */
final class Playback implements ClientStream, PlaybackListener {
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

    @Override
    public String mediaSessionId() {
        return mediaSessionId;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String verb() {
        return "plays";
    }

    @Override
    public void start(Connections services, String offer) {
        VodPlayback started = services.vod().play(name, offer, this);
        StreamEnd early;
        synchronized (this) {
            playback = started;
            early = stopped;
        }
        if (early != null) {
            started.stop(early);
        }
    }

    @Override
    public void stop(String info) {
        StreamEnd how = StreamEnd.stopped(info);
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
        connection.onStreamEnd(this, end);
    }
}
