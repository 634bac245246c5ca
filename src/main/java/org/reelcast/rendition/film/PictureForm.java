package org.reelcast.rendition.film;

import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.codec.ffmpeg.Ffmpeg;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;
import org.reelcast.media.H264Format;
import org.reelcast.mp4.Track;
import org.reelcast.rendition.Rendition;
import org.reelcast.rendition.h264.BFrameWarning;
import org.reelcast.rendition.h264.BFrames;
import org.reelcast.rendition.h264.PassThrough;
import org.reelcast.rendition.h264.Sampling;
import org.reelcast.rendition.reencode.ReencodedVideos;
import org.reelcast.rendition.reencode.ReencodingParameters;
import org.reelcast.rendition.samples.SharedBlocks;
import org.reelcast.storage.ByteSource;
import org.reelcast.storage.cache.DiskCache;

/**
 * The form in which a film's picture goes to viewers over WebRTC: as it is where that can be, else encoded anew. That
 * takes B-frames out, by {@code vod_bframes}, and gives the picture what WebRTC cannot say of it: pixels that are not
 * square, mirrors, parts that are not to be shown; and samples that few decode.
 */
final class PictureForm {
    private static final Logger LOG = Logger.getLogger(PictureForm.class.getName());
    private static final String PASS = "pass";
    private static final String DROP = "drop";

    private final Track track;
    private final ByteSource source;
    private final String way;

    private PictureForm(Track track, ByteSource source, Settings settings) {
        this.track = track;
        this.source = source;
        this.way = settings.get(Keys.VOD_BFRAMES);
    }

    static Rendition of(Track track, ByteSource source, SharedBlocks blocks, Settings settings,
            ReencodedVideos pictures, DiskCache disk) {
        return new PictureForm(track, source, settings).make(blocks, settings, pictures, disk);
    }

    private Rendition make(SharedBlocks blocks, Settings settings, ReencodedVideos pictures, DiskCache disk) {
        boolean isPassed = way.equals(PASS);
        boolean hasB = !isPassed && BFrames.in(track, source);
        // where B-frames come later than anybody looks, leaving them out is what browsers bear
        Rendition asItIs = new PassThrough(track, source, blocks, !isPassed);
        H264Format format = (H264Format) asItIs.format();
        Optional<String> reason = ReencodedVideos.gives(format) ? Optional.of(shape(format))
                : Sampling.unusual(track, source).map(samples -> "its samples are " + samples);
        if (hasB) {
            BFrameWarning.say(source.id(), way.equals(DROP) && reason.isEmpty() ? "they are left out"
                    : "it is re-encoded without them");
        }
        if (reason.isEmpty() && (!hasB || way.equals(DROP))) {
            return asItIs;
        }
        Optional<String> problem = Ffmpeg.problem();
        if (problem.isEmpty() && !ReencodedVideos.takes(format)) {
            problem = Optional.of("the encoder takes no pictures of " + format.width() + "x" + format.height());
        }
        if (problem.isPresent()) {
            LOG.log(Level.WARNING, "{0} plays {1}: {2}", new Object[] {source.id().location(),
                hasB ? "without its B-frames, at a lower frame rate" : "as it is, although " + reason.get(),
                problem.get()});
            return asItIs;
        }
        reason.ifPresent(why -> LOG.log(Level.FINE, "{0} is re-encoded: {1}",
                new Object[] {source.id().location(), why}));
        return pictures.open(track, source, asItIs, hasB, ReencodingParameters.of(settings), disk);
    }

    private static String shape(H264Format format) {
        return format.mirrored() ? "it is shown mirrored"
                : format.aperture().isPresent() ? "not all of its picture is shown"
                : "its pixels are " + format.pixelAspect().width() + ":" + format.pixelAspect().height();
    }
}
