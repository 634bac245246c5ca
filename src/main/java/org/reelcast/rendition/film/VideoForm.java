package org.reelcast.rendition.film;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.config.Settings;
import org.reelcast.mp4.read.Track;
import org.reelcast.rendition.Rendition;
import org.reelcast.rendition.h264.BFrameWarning;
import org.reelcast.rendition.h264.PassThrough;
import org.reelcast.rendition.reencode.CodedTrack;
import org.reelcast.rendition.reencode.ReencodedRendition;
import org.reelcast.rendition.reencode.ReencodedVideos;
import org.reelcast.rendition.reencode.ReencodingParameters;
import org.reelcast.rendition.samples.SharedBlocks;
import org.reelcast.storage.ByteSource;
import org.reelcast.storage.cache.DiskCache;

/**
 * The form in which a film's picture goes to viewers over WebRTC: as it is where that can be, else encoded anew. That
 * takes B-frames out, by {@code vod_bframes}, and gives the picture what WebRTC cannot say of it: pixels that are not
 * square, mirrors, parts that are not to be shown; and samples, sizes and rates that few decode.
 */
final class VideoForm {
    private static final Logger LOG = Logger.getLogger(VideoForm.class.getName());

    private VideoForm() {}

    /** @return null when it cannot be decoded here */
    static Rendition of(
            PicturePlan plan,
            Track track,
            ByteSource source,
            SharedBlocks blocks,
            Settings settings,
            ReencodedVideos pictures,
            DiskCache disk) {
        if (plan.hasB() && !plan.isCoded()) {
            BFrameWarning.say(source.id(), plan.dropsB() ? "they are left out" : "it is re-encoded without them");
        }
        plan.problem()
                .ifPresent(problem -> LOG.log(Level.WARNING, "{0} plays {1}: {2}", new Object[] {
                    source.id().location(), without(plan), problem
                }));
        if (plan.isCoded() && !plan.isEncoded()) {
            return null;
        }
        // where B-frames come later than anybody looks, leaving them out is what browsers bear
        Rendition asItIs = inFile(plan, track, source, blocks);
        return plan.isEncoded()
                ? pictures.open(track, source, asItIs, plan.hasB(), ReencodingParameters.of(settings), disk)
                : asItIs;
    }

    private static Rendition inFile(PicturePlan plan, Track track, ByteSource source, SharedBlocks blocks) {
        return plan.isCoded() ? new CodedTrack(track) : new PassThrough(track, source, blocks, plan.passesNoB());
    }

    /** The picture re-encoded in any case; null when it cannot be. */
    static ReencodedRendition recut(
            PicturePlan plan,
            Track track,
            ByteSource source,
            SharedBlocks blocks,
            Settings settings,
            ReencodedVideos pictures,
            DiskCache disk) {
        return plan.canBeEncoded()
                ? pictures.open(
                        track,
                        source,
                        inFile(plan, track, source, blocks),
                        plan.hasB(),
                        ReencodingParameters.of(settings),
                        disk)
                : null;
    }

    private static String without(PicturePlan plan) {
        return plan.isCoded()
                ? "without picture"
                : plan.hasB()
                        ? "without its B-frames, at a lower frame rate"
                        : "as it is, although " + plan.reason().orElse("it should not");
    }
}
