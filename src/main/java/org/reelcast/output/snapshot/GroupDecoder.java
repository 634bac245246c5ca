package org.reelcast.output.snapshot;

import java.util.List;
import java.util.Optional;
import org.reelcast.bitstream.h264.NalType;
import org.reelcast.codec.ffmpeg.FfmpegException;
import org.reelcast.codec.ffmpeg.FrameUnits;
import org.reelcast.codec.ffmpeg.H264Decoder;
import org.reelcast.codec.ffmpeg.PictureArea;
import org.reelcast.codec.ffmpeg.RawPicture;
import org.reelcast.media.AspectRatio;
import org.reelcast.media.Frame;
import org.reelcast.media.H264Format;
import org.reelcast.media.Slice;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

/** Decodes a group of pictures as far as it takes to have the one that is shown now. Takes a core for as long. */
final class GroupDecoder {
    private final List<Frame> frames;
    /** What came out instead of the picture wanted, as its place in the group; -1 for nothing. */
    private int substitute = -1;

    private GroupDecoder(List<Frame> frames) {
        this.frames = frames;
    }

    /**
     * The picture shown at the group's present: of those due, the last in the order of presentation; when it does not
     * decode, the one shown next to it that does.
     *
     * @param stream whose group it is, for messages
     */
    static ShownPicture decode(PresentFrames.Group group, String stream) throws Refusal {
        GroupDecoder decoder = new GroupDecoder(group.frames());
        try {
            int wanted = shown(group.frames(), group.nowUs());
            Optional<ShownPicture> picture = decoder.decode(wanted, wanted);
            if (picture.isEmpty() && decoder.substitute >= 0) {
                picture = decoder.decode(wanted, decoder.substitute);
            }
            return picture.orElseThrow(() -> new Refusal(
                    StatusText.SNAPSHOT_NOT_DECODED,
                    stream + ": none of " + (wanted + 1)
                            + " pictures decodes; they are broken, or larger than 4096x2304"));
        } catch (FfmpegException e) {
            throw new Refusal(StatusText.SNAPSHOT_NOT_DECODED, stream + ": " + e.getMessage(), e);
        }
    }

    /** The place of the picture shown at {@code nowUs}; of the first to be shown when all lie ahead. */
    private static int shown(List<Frame> frames, long nowUs) {
        int shown = -1;
        int first = 0;
        for (int i = 0; i < frames.size(); i++) {
            Frame frame = frames.get(i);
            if (frame.shownFromUs() <= nowUs && (shown < 0 || isShownAfter(frame, frames.get(shown)))) {
                shown = i;
            }
            first = isShownAfter(frames.get(first), frame) ? i : first;
        }
        return shown < 0 ? first : shown;
    }

    private static boolean isShownAfter(Frame frame, Frame other) {
        return frame.presentationTimeUs() > other.presentationTimeUs();
    }

    /**
     * Decodes the group.
     *
     * @param last     the last frame that is decoded
     * @param returned the picture that is returned when it comes out
     */
    private Optional<ShownPicture> decode(int last, int returned) throws FfmpegException {
        try (H264Decoder decoder = H264Decoder.open(1)) {
            FrameUnits units = new FrameUnits();
            for (int i = 0; i <= last; i++) {
                Frame frame = frames.get(i);
                // the one before the last may be the other field of the same picture
                if (i == 0 || i >= last - 1 || isNeeded(frame)) {
                    decoder.send(units.of(frame), i);
                    if (comesOut(decoder, returned)) {
                        return Optional.of(picture(decoder, frames.get(returned)));
                    }
                }
            }
            decoder.end();
            return comesOut(decoder, returned) ? Optional.of(picture(decoder, frames.get(returned))) : Optional.empty();
        }
    }

    /** Takes what is ready. @return whether the picture wanted is, which is the decoder's until the next call */
    private boolean comesOut(H264Decoder decoder, int wanted) throws FfmpegException {
        while (decoder.receive()) {
            int came = (int) decoder.pts();
            if (came == wanted) {
                return true;
            }
            if (substitute < 0 || distanceUs(came, wanted) < distanceUs(substitute, wanted)) {
                substitute = came;
            }
        }
        return false;
    }

    private long distanceUs(int one, int other) {
        return Math.abs(frames.get(one).presentationTimeUs() - frames.get(other).presentationTimeUs());
    }

    /** Whether others may refer to the picture (nal_ref_idc, ITU-T H.264 section 7.4.1), or it brings sets. */
    private static boolean isNeeded(Frame frame) {
        boolean needed = false;
        for (int i = 0; i < frame.slices() && !needed; i++) {
            Slice unit = frame.slice(i);
            int header = unit.length() == 0 ? 0 : unit.array()[unit.offset()];
            int type = NalType.of((byte) header);
            needed = (header & 0x60) != 0 || type == NalType.SPS || type == NalType.PPS;
        }
        return needed;
    }

    private static ShownPicture picture(H264Decoder decoder, Frame frame) throws FfmpegException {
        H264Format format = (H264Format) frame.format();
        PictureArea shown = PictureArea.of(format);
        RawPicture picture = RawPicture.copyOf(decoder, shown, format.colour());
        AspectRatio pixel =
                format.pixelAspect().equals(AspectRatio.SQUARE) ? picture.pixelAspect() : format.pixelAspect();
        return new ShownPicture(
                picture,
                ImageSize.of(picture.width(), picture.height(), pixel, shown.rotation(format)),
                shown.rotation(format));
    }
}
