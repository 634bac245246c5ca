package org.reelcast.source.vod;

import org.reelcast.media.MediaKind;
import org.reelcast.rendition.Rendition;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamTrack;

/** One track that a film offers: its sound or picture in one of the forms that a stream knows. */
record FilmTrack(StreamTrack.Form form, Rendition rendition) {

    static FilmTrack realTime(Rendition rendition) {
        return new FilmTrack(StreamTrack.Form.REAL_TIME, rendition);
    }

    static FilmTrack original(Rendition rendition) {
        return new FilmTrack(StreamTrack.Form.ORIGINAL, rendition);
    }

    static FilmTrack aac(Rendition rendition) {
        return new FilmTrack(StreamTrack.Form.AAC, rendition);
    }

    MediaKind kind() {
        return rendition.format().kind();
    }

    boolean isVideo() {
        return kind().isVideo();
    }

    boolean isRealTime() {
        return form == StreamTrack.Form.REAL_TIME;
    }

    Stream.Offer offer() {
        return new Stream.Offer(form, rendition.format());
    }
}
