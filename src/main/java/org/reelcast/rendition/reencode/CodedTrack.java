package org.reelcast.rendition.reencode;

import org.reelcast.codec.ffmpeg.VideoParameters;
import org.reelcast.media.AspectRatio;
import org.reelcast.media.Codec;
import org.reelcast.media.Colour;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.media.H264Format;
import org.reelcast.mp4.read.Track;
import org.reelcast.mp4.read.VideoEntry;
import org.reelcast.rendition.TrackRendition;

/** A track whose pictures no viewer takes as they are: how long it is, and what it looks like once it is decoded. */
public final class CodedTrack extends TrackRendition {

    public CodedTrack(Track track) {
        super(track, format(track, (VideoEntry) track.entries().get(0)));
    }

    /** What decoded pictures look like. */
    static H264Format format(Track track, VideoEntry entry) {
        return Format.video(Codec.H264, entry.width(), entry.height(), track.rotation())
                .withDisplay(
                        entry.colour().orElse(Colour.UNSPECIFIED),
                        entry.pixelAspect().orElse(AspectRatio.SQUARE),
                        track.framesPerSecond())
                .withView(track.mirrored(), entry.aperture())
                .withTrack((int) Math.min(Integer.MAX_VALUE, track.timescale()), track.language());
    }

    static VideoParameters parameters(VideoEntry entry) {
        return new VideoParameters(
                entry.codec(),
                entry.format(),
                entry.config().bytes(),
                entry.width(),
                entry.height(),
                entry.colour().orElse(Colour.UNSPECIFIED));
    }

    /** None of its pictures. */
    @Override
    public FrameReader reader() {
        return new FrameReader() {
            @Override
            public Frame next() {
                return null;
            }

            @Override
            public void seek(long timeUs) {
                // there is nothing anywhere
            }

            @Override
            public void close() {
                // nothing was opened
            }
        };
    }
}
