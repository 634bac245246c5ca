package org.reelcast.mp4;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.reelcast.bitstream.CodecConfigException;
import org.reelcast.bitstream.h264.AvcConfig;
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
        return new Descriptions(entries.stream()
                .map(entry -> entry instanceof AvcEntry avc ? avc.shownIn(width, height) : entry).toList(), refusal);
    }

    /** @param video whether the track is a video track, else it is an audio track */
    static Descriptions read(Window window, Box stsd, boolean video) throws IOException {
        try {
            return readAll(window, stsd, video);
        } catch (Refusal e) {
            if (video) {
                throw e;
            }
            return new Descriptions(List.of(), Unplayable.broken(e));
        }
    }

    private static Descriptions readAll(Window window, Box stsd, boolean video) throws IOException {
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
            Object entry = video ? video(window, box) : audio(window, box, version);
            if (entry instanceof Unplayable refusal) {
                return new Descriptions(entries, refusal);
            }
            if (!entries.isEmpty() && entries.get(0).getClass() != entry.getClass()) {
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
            return CodecNames.ofFormat(box.type());
        }
        Box avcC = Boxes.first(children, BoxType.AVCC);
        int width = window.u16(box.payload() + 24);
        int height = window.u16(box.payload() + 26);
        try {
            // of a byte stream (ITU-T H.264, annex B) that was copied: parameter sets are in the samples, as with avc3
            return new AvcEntry(avcC == null ? BoxType.name(BoxType.AVC3) : box.name(),
                    avcC == null ? AvcConfig.NONE : AvcConfig.parse(Boxes.bytes(window, avcC)), width, height,
                    VideoBoxes.colour(window, children), VideoBoxes.pixelAspect(window, children),
                    VideoBoxes.aperture(window, children, width, height));
        } catch (CodecConfigException e) {
            throw new Refusal(StatusText.FAILED_TO_READ_FILE, "Box 'avcC' " + e.getMessage(), e);
        }
    }

    private static Object audio(Window window, Box box, int stsdVersion) throws IOException {
        // AudioSampleEntry, ISO 14496-12 section 12.2.3: 28 bytes before the boxes; QuickTime File Format,
        // sound sample descriptions: 16 more in version 1, 36 more in version 2
        int fixed = 28;
        boolean quickTime2 = false;
        if (box.length() >= 28 && stsdVersion == 0) {
            int version = window.u16(box.payload() + 8);
            quickTime2 = version == 2;
            fixed += version == 1 ? 16 : quickTime2 ? 36 : 0;
        }
        List<Box> children = children(window, box, fixed);
        if (box.is(BoxType.ENCA) || box.is(BoxType.DRMS)) {
            return CodecNames.encrypted(box.type(), original(window, children));
        }
        if (box.is(BoxType.OPUS)) {
            return opus(window, box, children);
        }
        if (!box.is(BoxType.MP4A)) {
            return CodecNames.ofFormat(box.type());
        }
        Box esds = Boxes.first(children, BoxType.ESDS);
        Box wave = Boxes.first(children, BoxType.WAVE);
        if (esds == null && wave != null) {
            esds = Boxes.first(Boxes.children(window, wave), BoxType.ESDS);
        }
        if (esds == null || esds.length() > Limits.SMALL_BOX) {
            throw Refusals.broken("Box 'mp4a' has no usable 'esds'");
        }
        int channels = window.u16(box.payload() + 16);
        int rate = window.u16(box.payload() + 24);
        if (quickTime2) {
            channels = window.i32(box.payload() + 40);
            rate = (int) Double.longBitsToDouble(window.i64(box.payload() + 32));
        }
        ByteBuffer payload = ByteBuffer.wrap(window.bytes(esds.payload(), (int) esds.length()));
        try {
            return EsDescriptor.read(payload, box.name(), channels, rate);
        } catch (BufferUnderflowException e) {
            throw new Refusal(StatusText.FAILED_TO_READ_FILE, "Box 'esds' is cut off", e);
        }
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
                : Unplayable.codec("Opus in " + channels + " channels (Opus)");
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
