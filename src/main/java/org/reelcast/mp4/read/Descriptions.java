package org.reelcast.mp4.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.reelcast.bitstream.CodecConfigException;
import org.reelcast.bitstream.h264.AvcConfig;
import org.reelcast.media.MediaKind;
import org.reelcast.mp4.box.Box;
import org.reelcast.mp4.box.BoxType;
import org.reelcast.mp4.box.Boxes;
import org.reelcast.mp4.box.Limits;
import org.reelcast.mp4.box.Refusals;
import org.reelcast.mp4.box.TableReader;
import org.reelcast.mp4.box.Window;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

/**
 * Reads {@code stsd}: how a track's samples are coded (ISO 14496-12 section 8.5.2; QuickTime's sound descriptions of
 * version 1 and 2 and its {@code wave} atom too).
 *
 * @param entries as many as the box has, or fewer when {@code refusal} is set
 * @param refusal why the track cannot be played; null when it can
 */
record Descriptions(List<SampleEntry> entries, Unplayable refusal) {

    /** The same in a track whose header says in which size it is shown. */
    Descriptions shownIn(int width, int height) {
        List<SampleEntry> shown = entries.stream()
                .map(entry -> entry instanceof VisualEntry picture ? picture.shownIn(width, height) : entry)
                .toList();
        return new Descriptions(shown, refusal);
    }

    /** The same where nothing is decoded: what would have to be cannot be played. */
    Descriptions withoutOthers() {
        return entries.stream()
                .map(Descriptions::ofOther)
                .flatMap(Optional::stream)
                .findFirst()
                .map(other -> new Descriptions(entries, other))
                .orElse(this);
    }

    private static Optional<Unplayable> ofOther(SampleEntry entry) {
        return entry instanceof VideoEntry video
                ? Optional.of(CodecNames.ofOther(video))
                : entry instanceof AudioEntry audio ? Optional.of(CodecNames.ofOther(audio)) : Optional.empty();
    }

    static Descriptions read(Window window, Box stsd, MediaKind kind) throws IOException {
        try {
            return readAll(window, stsd, kind);
        } catch (Refusal e) {
            return new Descriptions(List.of(), Unplayable.broken(e));
        }
    }

    private static Descriptions readAll(Window window, Box stsd, MediaKind kind) throws IOException {
        long count = TableReader.entries(window, stsd, 8);
        if (count > Limits.SAMPLE_ENTRIES) {
            throw Refusals.broken("A track claims " + count + " sample entries");
        }
        int version = window.u8(stsd.payload());
        List<SampleEntry> entries = new ArrayList<>();
        long position = stsd.payload() + 8;
        for (long i = 0; i < count; i++) {
            Box box = Box.read(window, position, stsd.end());
            position = box.end();
            Object entry = kind.isVideo() ? video(window, box) : audio(window, box, version);
            if (entry instanceof Unplayable refusal) {
                return new Descriptions(entries, refusal);
            }
            if (!entries.isEmpty() && !Track.codec(entries).equals(Track.codec(List.of((SampleEntry) entry)))) {
                return new Descriptions(entries, Unplayable.codec("now in one format, now in another"));
            }
            entries.add((SampleEntry) entry);
        }
        if (entries.isEmpty()) {
            throw Refusals.broken("A track does not say how its samples are coded");
        }
        return new Descriptions(List.copyOf(entries), null);
    }

    private static Object video(Window window, Box box) throws IOException {
        // VisualSampleEntry, ISO 14496-12 section 12.1.3: 78 bytes before the boxes
        List<Box> children = children(window, box, 78);
        if (box.is(BoxType.ENCV) || box.is(BoxType.DRMI)) {
            return CodecNames.encrypted(box.type(), original(window, children));
        }
        if (!box.is(BoxType.AVC1) && !box.is(BoxType.AVC3)) {
            Object other = OtherCodecs.video(window, box, children);
            return other == null ? CodecNames.ofFormat(box.type()) : other;
        }
        Box avcC = Boxes.first(children, BoxType.AVCC);
        int width = window.u16(box.payload() + 24);
        int height = window.u16(box.payload() + 26);
        try {
            // of a byte stream (ITU-T H.264, annex B) that was copied: parameter sets are in the samples, as with avc3
            return new AvcEntry(
                    avcC == null ? BoxType.name(BoxType.AVC3) : box.name(),
                    avcC == null ? AvcConfig.NONE : AvcConfig.parse(Boxes.bytes(window, avcC)),
                    width,
                    height,
                    VideoBoxes.colour(window, children),
                    VideoBoxes.pixelAspect(window, children),
                    VideoBoxes.aperture(window, children, width, height));
        } catch (CodecConfigException e) {
            throw new Refusal(StatusText.FAILED_TO_READ_FILE, "Box 'avcC' " + e.getMessage(), e);
        }
    }

    private static Object audio(Window window, Box box, int stsdVersion) throws IOException {
        AudioSampleDescription description = AudioSampleDescription.read(window, box, stsdVersion);
        List<Box> children = children(window, box, description.fixedBytes());
        if (box.is(BoxType.ENCA) || box.is(BoxType.DRMS)) {
            return CodecNames.encrypted(box.type(), original(window, children));
        }
        if (box.is(BoxType.OPUS)) {
            return opus(window, box, children);
        }
        if (!box.is(BoxType.MP4A)) {
            Object other = OtherCodecs.audio(window, box, children, description);
            return other == null ? CodecNames.ofFormat(box.type()) : other;
        }
        Box esds = Boxes.first(children, BoxType.ESDS);
        Box wave = Boxes.first(children, BoxType.WAVE);
        if (esds == null && wave != null) {
            esds = Boxes.first(Boxes.children(window, wave), BoxType.ESDS);
        }
        if (esds == null) {
            return EsDescriptor.missing(box.name(), description.channels(), description.rate());
        }
        if (esds.length() > Limits.SMALL_BOX) {
            throw Refusals.broken("Box 'mp4a' has no usable 'esds'");
        }
        ByteBuffer payload = ByteBuffer.wrap(window.bytes(esds.payload(), (int) esds.length()));
        return EsDescriptor.read(payload, box.name(), description.channels(), description.rate());
    }

    private static Object opus(Window window, Box box, List<Box> children) throws IOException {
        Box dops = Boxes.need(children, BoxType.DOPS, box.name());
        if (dops.length() < 11) {
            throw Refusals.broken("Box 'dOps' is cut off");
        }
        int channels = window.u8(dops.payload() + 1);
        int mappingFamily = window.u8(dops.payload() + 10);
        return mappingFamily == 0 && (channels == 1 || channels == 2)
                ? new OpusEntry(box.name(), channels, window.u16(dops.payload() + 2))
                : OtherCodecs.opus(Boxes.bytes(window, dops), channels);
    }

    private static List<Box> children(Window window, Box box, int fixed) throws IOException {
        if (box.length() < fixed) {
            throw Refusals.broken("Sample entry '" + box.name() + "' is cut off");
        }
        return Boxes.children(window, box.payload() + fixed, box.end());
    }

    private static int original(Window window, List<Box> children) throws IOException {
        Box sinf = Boxes.first(children, BoxType.SINF);
        Box frma = sinf == null ? null : Boxes.first(Boxes.children(window, sinf), BoxType.FRMA);
        return frma == null || frma.length() < 4 ? 0 : window.i32(frma.payload());
    }
}
