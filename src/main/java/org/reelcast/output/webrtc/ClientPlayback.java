package org.reelcast.output.webrtc;

import org.reelcast.signalling.ClientStream;
import org.reelcast.signalling.StreamRequest;
import org.reelcast.signalling.StreamStatusEvent;
import org.reelcast.stream.StreamEnd;

/** A stream that a client plays: tells the client what becomes of it. */
final class ClientPlayback extends ClientStream {
    private final Playbacks playbacks;

    ClientPlayback(StreamRequest request, Playbacks playbacks) {
        super(request);
        this.playbacks = playbacks;
    }

    @Override
    public String verb() {
        return "plays";
    }

    @Override
    public void start(String offer) {
        Playback playback = playbacks.play(
                playbacks.nameOf(request().variant()),
                Playback.HOLDER.from(request().startUs()).of(request().client().remote()),
                offer,
                request().client()::shareOf,
                this::onEvent);
        started(why -> playback.stop(StreamEnd.stopped(why)));
    }

    private void onEvent(PlaybackEvent event) {
        if (event instanceof PlaybackEvent.Answered answered) {
            send(StreamStatusEvent.answer(mediaSessionId(), answered.sdp()));
        } else if (event instanceof PlaybackEvent.Playing playing) {
            send(StreamStatusEvent.playing(
                    mediaSessionId(),
                    name(),
                    playing.video(),
                    playing.audio(),
                    PlayService.MEDIA_PROVIDER,
                    playing.note()));
        } else if (event instanceof PlaybackEvent.Resized resized) {
            send(StreamStatusEvent.resize(mediaSessionId(), resized.width(), resized.height()));
        } else if (event instanceof PlaybackEvent.NotEnoughBandwidth narrow) {
            send(StreamStatusEvent.notEnoughBandwidth(mediaSessionId(), narrow.mediaBps(), narrow.linkBps()));
        } else if (event instanceof PlaybackEvent.Problem problem) {
            send(StreamStatusEvent.problem(mediaSessionId(), name(), problem.what()));
        } else if (event instanceof PlaybackEvent.Refused refused) {
            logRefusal(refused.why());
        } else if (event instanceof PlaybackEvent.Ended ended) {
            send(StreamStatusEvent.ended(mediaSessionId(), name(), ended.end()));
            ended(ended.end());
        }
    }
}
