package org.reelcast.rendition.film;

import java.util.Optional;
import org.reelcast.codec.ffmpeg.Ffmpeg;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;
import org.reelcast.media.H264Format;
import org.reelcast.mp4.read.Track;
import org.reelcast.mp4.read.VideoEntry;
import org.reelcast.rendition.h264.BFrames;
import org.reelcast.rendition.h264.PassThrough;
import org.reelcast.rendition.h264.Sampling;
import org.reelcast.rendition.reencode.CodedTrack;
import org.reelcast.rendition.reencode.ReencodedVideos;
import org.reelcast.rendition.samples.SharedBlocks;
import org.reelcast.storage.ByteSource;

/**
 * What becomes of a film's picture on its way to viewers, decided before anything of it plays.
 *
 * @param format   of the pictures as they are in the file
 * @param isCoded  whether no viewer takes its codec
 * @param hasB     whether its pictures are shown in another order than they are decoded
 * @param passesNoB whether those are left out where they turn up, by {@code vod_bframes}
 * @param dropsB   whether they are left out in any case, by the same
 * @param unusual  what its samples are, when few decode such H.264
 * @param reason   why it is encoded anew beside its B-frames, a clause; empty when it need not be
 * @param problem  why it cannot be; empty when it can, or need not
 */
record PicturePlan(
        H264Format format,
        boolean isCoded,
        boolean hasB,
        boolean passesNoB,
        boolean dropsB,
        Optional<String> unusual,
        Optional<String> reason,
        Optional<String> problem) {
    private static final String PASS = "pass";
    private static final String DROP = "drop";

    /** May read the first pictures to find out what they are. */
    static PicturePlan of(Track track, ByteSource source, Settings settings) {
        if (track.entries().get(0) instanceof VideoEntry entry) {
            H264Format format = (H264Format) new CodedTrack(track).format();
            Optional<String> reason =
                    Optional.of("no browser is sent " + entry.codec().label());
            return new PicturePlan(format, true, true, true, false, Optional.empty(), reason, problem(format));
        }
        H264Format format = (H264Format) new PassThrough(track, source, new SharedBlocks(), true).format();
        String way = settings.get(Keys.VOD_BFRAMES);
        boolean passesNoB = !way.equals(PASS);
        boolean hasB = passesNoB && BFrames.in(track, source);
        Optional<String> unusual = Sampling.unusual(track, source);
        Optional<String> reason = ReencodedVideos.gives(format)
                ? Optional.of(shape(format))
                : unusual.map(samples -> "its samples are " + samples).or(() -> rate(track));
        boolean dropsB = hasB && way.equals(DROP) && reason.isEmpty();
        boolean isEncoded = reason.isPresent() || hasB && !dropsB;
        return new PicturePlan(
                format,
                false,
                hasB,
                passesNoB,
                dropsB,
                unusual,
                reason,
                isEncoded ? problem(format) : Optional.empty());
    }

    /** Whether it is encoded anew, for WebRTC at least. */
    boolean isEncoded() {
        return problem.isEmpty() && (reason.isPresent() || hasB && !dropsB);
    }

    /** Whether it could be, where somebody needs other key frames. */
    boolean canBeEncoded() {
        return problem(format).isEmpty();
    }

    /** Whether it goes into files, segments and MSE as it is: those who take H.264 there take this. */
    boolean isForFiles() {
        return !isCoded && (unusual.isEmpty() || !isEncoded());
    }

    private static Optional<String> problem(H264Format format) {
        return Ffmpeg.problem()
                .or(() -> ReencodedVideos.takes(format)
                        ? Optional.empty()
                        : Optional.of("the encoder takes no pictures of " + format.width() + "x" + format.height()));
    }

    private static Optional<String> rate(Track track) {
        return ReencodedVideos.thins(track)
                ? Optional.of(
                        "its " + Math.round(track.framesPerSecond()) + " pictures a second are more than are shown")
                : Optional.empty();
    }

    private static String shape(H264Format format) {
        if (format.mirrored()) {
            return "it is shown mirrored";
        }
        if (format.aperture().isPresent()) {
            return "not all of its picture is shown";
        }
        return format.pixelAspect().width() == format.pixelAspect().height()
                ? "its " + format.width() + "x" + format.height() + " pixels are more than browsers decode"
                : "its pixels are " + format.pixelAspect().width() + ":"
                        + format.pixelAspect().height();
    }
}
