package org.reelcast.rendition.h264;

import org.reelcast.bitstream.h264.AvcConfig;
import org.reelcast.bitstream.h264.Sps;
import org.reelcast.media.AspectRatio;
import org.reelcast.media.Codec;
import org.reelcast.media.Colour;
import org.reelcast.media.DecoderConfig;
import org.reelcast.media.Format;
import org.reelcast.media.H264Format;
import org.reelcast.mp4.read.AvcEntry;
import org.reelcast.mp4.read.Track;

/** What the pictures of an H.264 track look like, by its sample entries and the parameter sets in force. */
final class TrackFormat {

    private TrackFormat() {}

    /**
     * The format of pictures whose parameter sets go before each key frame.
     *
     * @param sps in force; null when none is known
     */
    static H264Format of(Sps sps, AvcEntry entry, Track track) {
        H264Format format = sps == null
                ? Format.video(Codec.H264, entry.width(), entry.height(), track.rotation())
                : Format.video(Codec.H264, sps.width(), sps.height(), track.rotation(), sps.profileLevelId());
        Colour colour = entry.colour().orElse(sps == null ? Colour.UNSPECIFIED : sps.colour());
        AspectRatio aspect = entry.pixelAspect().orElse(sps == null ? AspectRatio.SQUARE : sps.pixelAspect());
        return format.withDisplay(colour, aspect, track.framesPerSecond())
                .withView(track.mirrored(), entry.aperture())
                .withTrack((int) Math.min(Integer.MAX_VALUE, track.timescale()), track.language());
    }

    /** The format of samples as they are, under their entry's own parameter sets. */
    static H264Format inFile(Sps sps, AvcEntry entry, Track track) {
        return inFile(sps, entry, track, entry.config());
    }

    /**
     * The format of samples as they are.
     *
     * @param config the parameter sets in force where samples have brought others than the entry's
     */
    static H264Format inFile(Sps sps, AvcEntry entry, Track track, AvcConfig config) {
        return of(sps, entry, track)
                .withConfig(new DecoderConfig(config.toBytes()), entry.format().equals("avc3"));
    }
}
