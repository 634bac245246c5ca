package org.reelcast.signalling;

import org.reelcast.output.webrtc.PlaybackFormat;
import org.reelcast.output.webrtc.PlaybackListener;
import org.reelcast.source.vod.VodPlayback;
import org.reelcast.stream.StreamEnd;

/** A stream that a client plays: tells the client what becomes of it. */
final class Playback extends ClientStream implements PlaybackListener {

    Playback(String mediaSessionId, String name, Connection connection) {
        super(mediaSessionId, name, connection);
    }

    @Override
    String verb() {
        return "plays";
    }

    @Override
    void start(Connections services, String offer) {
        VodPlayback playback = services.vod().play(name(), offer, this);
        started(why -> playback.stop(StreamEnd.stopped(why)));
    }

    @Override
    public void onAnswer(String sdp) {
        connection().send(StreamStatusEvent.answer(mediaSessionId(), sdp));
    }

    @Override
    public void onPlaying(PlaybackFormat format) {
        connection().send(StreamStatusEvent.playing(mediaSessionId(), name(), format));
    }

    @Override
    public void onResize(int width, int height) {
        connection().send(StreamStatusEvent.resize(mediaSessionId(), width, height));
    }

    @Override
    public void onNotEnoughBandwidth(long mediaBps, long linkBps) {
        connection().send(StreamStatusEvent.notEnoughBandwidth(mediaSessionId(), mediaBps, linkBps));
    }

    @Override
    public void onEnd(StreamEnd end) {
        connection().send(StreamStatusEvent.ended(mediaSessionId(), name(), end));
        connection().onStreamEnd(this, end);
    }
}
