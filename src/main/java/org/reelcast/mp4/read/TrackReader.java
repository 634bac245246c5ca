package org.reelcast.mp4.read;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import org.mp4parser.boxes.iso14496.part12.EditListBox;
import org.mp4parser.boxes.iso14496.part12.MediaHeaderBox;
import org.mp4parser.boxes.iso14496.part12.TrackHeaderBox;
import org.reelcast.media.MediaKind;
import org.reelcast.mp4.box.Box;
import org.reelcast.mp4.box.BoxType;
import org.reelcast.mp4.box.Boxes;
import org.reelcast.mp4.box.Limits;
import org.reelcast.mp4.box.Refusals;
import org.reelcast.mp4.box.TableReader;
import org.reelcast.mp4.box.Window;
import org.reelcast.mp4.index.PackedSamples;
import org.reelcast.mp4.index.PageStore;
import org.reelcast.mp4.index.SamplePacker;
import org.reelcast.mp4.index.SampleTable;
import org.reelcast.mp4.index.Timeline;
import org.reelcast.refusal.Refusal;

/** Reads one {@code trak} (ISO 14496-12 section 8.3): first what it is, its tables only when it is to be played. */
final class TrackReader implements TrackCandidate {
    private static final int VIDE = BoxType.of("vide");
    private static final int SOUN = BoxType.of("soun");
    /** QuickTime's handlers of media. */
    private static final int MHLR = BoxType.of("mhlr");

    private static final int TRACK_ENABLED = 1;
    /** References of tracks that belong to another one: auxiliary pictures, depth, parallax, thumbnails, hints. */
    private static final Set<Integer> AUXILIARY =
            Set.of(BoxType.of("auxl"), BoxType.of("vdep"), BoxType.of("vplx"), BoxType.of("thmb"), BoxType.of("hint"));

    /** A box of a language is no longer. */
    private static final int MAX_TAG = 100;

    private final Window window;
    private final TrackHeaderBox header;
    private final boolean enabled;
    private final MediaKind kind;
    private final Orientation orientation;
    private final long timescale;
    private final String language;
    /** A BCP 47 tag, else the same. */
    private final String spoken;

    private final List<Timeline.Edit> edits;
    private final Set<Integer> chapters;
    private final boolean auxiliary;
    private final Descriptions descriptions;
    private final StblReader tables;
    /** Null when nothing is said. */
    private Gapless gapless;

    private final Box stsd;

    private TrackReader(
            Window window,
            List<Box> boxes,
            List<Box> media,
            MediaKind kind,
            Orientation.Matrix movieMatrix,
            boolean decodes)
            throws IOException {
        this.window = window;
        this.kind = kind;
        Box tkhd = Boxes.need(boxes, BoxType.TKHD, "trak");
        header = new TrackHeaderBox();
        Boxes.parse(window, tkhd, header::_parseDetails);
        enabled = (window.i32(tkhd.payload()) & TRACK_ENABLED) != 0;
        orientation = tkhd.length() < 84 || !kind.isVideo()
                ? Orientation.UPRIGHT
                : Orientation.of(
                        Orientation.Matrix.read(window, tkhd.end() - 44).then(movieMatrix));
        MediaHeaderBox mdhd = new MediaHeaderBox();
        Boxes.parse(window, Boxes.need(media, BoxType.MDHD, "mdia"), mdhd::_parseDetails);
        timescale = mdhd.getTimescale();
        language = language(window, media);
        spoken = extendedLanguage(media);
        if (timescale <= 0) {
            throw Refusals.broken("Track " + id() + " has a time scale of " + timescale);
        }
        edits = edits(boxes);
        List<Box> references = references(boxes);
        chapters = chapters(references);
        auxiliary = references.stream().anyMatch(reference -> AUXILIARY.contains(reference.type()));
        Box minf = Boxes.need(media, BoxType.MINF, "mdia");
        List<Box> stbl = Boxes.children(window, Boxes.need(Boxes.children(window, minf), BoxType.STBL, "minf"));
        stsd = Boxes.need(stbl, BoxType.STSD, "stbl");
        Descriptions described =
                Descriptions.read(window, stsd, kind).shownIn((int) header.getWidth(), (int) header.getHeight());
        descriptions = decodes ? described : described.withoutOthers();
        tables = new StblReader(window, stbl, descriptions.entries());
    }

    /**
     * @param movieMatrix how the whole movie is turned
     * @param decodes     whether tracks can be played that have to be decoded
     * @return null when the track is neither video nor audio
     */
    static TrackReader of(Window window, Box trak, Orientation.Matrix movieMatrix, boolean decodes) throws IOException {
        List<Box> boxes = Boxes.children(window, trak);
        List<Box> media = media(window, boxes);
        int handler = handler(window, media);
        return handler != VIDE && handler != SOUN
                ? null
                : new TrackReader(
                        window,
                        boxes,
                        media,
                        handler == VIDE ? MediaKind.VIDEO : MediaKind.AUDIO,
                        movieMatrix,
                        decodes);
    }

    /** What {@code mdhd} says, of which mp4parser knows the letters alone. It has been read by now. */
    private static String language(Window window, List<Box> media) throws IOException {
        Box mdhd = Boxes.first(media, BoxType.MDHD);
        long at = mdhd.payload() + (window.u8(mdhd.payload()) == 1 ? 32 : 20);
        Box hdlr = Boxes.first(media, BoxType.HDLR);
        // ISO's handlers have nothing there
        return MacLanguages.of(window.u16(at), window.i32(hdlr.payload() + 4) == MHLR);
    }

    /** {@code elng} (section 8.4.6), else what {@code mdhd} says. */
    private String extendedLanguage(List<Box> media) throws IOException {
        Box elng = Boxes.first(media, BoxType.ELNG);
        if (elng == null || elng.length() < 6 || elng.length() > MAX_TAG) {
            return language;
        }
        byte[] text = window.bytes(elng.payload() + 4, (int) elng.length() - 4);
        String tag = new String(text, StandardCharsets.ISO_8859_1);
        tag = tag.substring(0, tag.indexOf(0) < 0 ? tag.length() : tag.indexOf(0));
        return AudioChoice.isOne(tag) && !tag.isEmpty() ? tag : language;
    }

    /** Of a track that cannot be read: video unless it says that it is audio. */
    static MediaKind kind(Window window, Box trak) throws IOException {
        try {
            int handler = handler(window, media(window, Boxes.children(window, trak)));
            return handler == SOUN ? MediaKind.AUDIO : MediaKind.VIDEO;
        } catch (Refusal e) {
            return MediaKind.VIDEO;
        }
    }

    private static List<Box> media(Window window, List<Box> boxes) throws IOException {
        Box mdia = Boxes.first(boxes, BoxType.MDIA);
        return mdia == null ? List.of() : Boxes.children(window, mdia);
    }

    /** 0 when there is none. */
    private static int handler(Window window, List<Box> media) throws IOException {
        Box hdlr = Boxes.first(media, BoxType.HDLR);
        return hdlr == null || hdlr.length() < 12 ? 0 : window.i32(hdlr.payload() + 8);
    }

    @Override
    public int id() {
        return (int) header.getTrackId();
    }

    @Override
    public MediaKind kind() {
        return kind;
    }

    @Override
    public boolean isEnabled() {
        return enabled;
    }

    /** A checksum of how its samples are described, to compare with that of another header. */
    long description() throws IOException {
        CRC32 checksum = new CRC32();
        for (long at = stsd.payload(); at < stsd.end(); at += Limits.SMALL_BOX) {
            checksum.update(window.bytes(at, (int) Math.min(Limits.SMALL_BOX, stsd.end() - at)));
        }
        return checksum.getValue() << 32 | stsd.length();
    }

    /** Whether it belongs to another track and is none of the film's own. */
    boolean isAuxiliary() {
        return auxiliary;
    }

    @Override
    public boolean isMeantBy(AudioChoice wanted) {
        return wanted.means(id(), spoken);
    }

    /** @param played whether it is what plays */
    TrackInfo info(boolean played) {
        return new TrackInfo(
                id(),
                kind,
                refusal() == null
                        ? Track.codec(descriptions.entries())
                        : refusal().what(),
                spoken,
                enabled,
                refusal() == null,
                played);
    }

    /** Tracks that are this one's chapters: titles or pictures, never the film. */
    Set<Integer> chapters() {
        return chapters;
    }

    /** Whether it is but a picture, such as a cover. */
    boolean isStill() throws IOException {
        return refusal() == null
                && descriptions.entries().get(0) instanceof VideoEntry picture
                && picture.codec().isStill()
                && tables.count() == 1;
    }

    @Override
    public Unplayable refusal() {
        return descriptions.refusal();
    }

    /** Reads the tables of a movie that is not fragmented. */
    Track read(long movieTimescale, PageStore store) throws IOException {
        SamplePacker packer = pack(store);
        return track(table(timeline(movieTimescale, false), packer.finish(), null));
    }

    /** The samples that the header names. */
    SamplePacker pack(PageStore store) throws IOException {
        SamplePacker packer = new SamplePacker(Timeline.maxTime(timescale), store);
        tables.read(packer);
        return packer;
    }

    /** What the film's metadata say of its sound: an edit list goes before. */
    void describe(Gapless sound) {
        gapless = sound;
    }

    Timeline timeline(long movieTimescale, boolean fragmented) throws Refusal {
        boolean told = gapless != null
                && edits.isEmpty()
                && !fragmented
                && refusal() == null
                && descriptions.entries().get(0) instanceof AacEntry;
        return Timeline.of(
                told ? List.of(gapless.edit(timescale, movieTimescale)) : edits, movieTimescale, timescale, fragmented);
    }

    SampleTable table(Timeline timeline, PackedSamples packed, SampleTable.Growth growth) {
        return new SampleTable(timescale, timeline, window.size(), tables.hasSyncTable(), packed, growth);
    }

    Track track(SampleTable samples) {
        return new Track(id(), timescale, orientation, language, descriptions.entries(), samples);
    }

    long timescale() {
        return timescale;
    }

    int sampleEntries() {
        return descriptions.entries().size();
    }

    private List<Timeline.Edit> edits(List<Box> boxes) throws IOException {
        Box edts = Boxes.first(boxes, BoxType.EDTS);
        Box elst = edts == null ? null : Boxes.first(Boxes.children(window, edts), BoxType.ELST);
        if (elst == null) {
            return List.of();
        }
        boolean wide = elst.length() > 0 && window.u8(elst.payload()) == 1;
        if (TableReader.entries(window, elst, wide ? 20 : 12) > Limits.EDITS) {
            throw Refusals.broken("Track " + id() + " has more than " + Limits.EDITS + " edits");
        }
        EditListBox list = new EditListBox();
        Boxes.parse(window, elst, list::_parseDetails);
        List<Timeline.Edit> edits = new ArrayList<>();
        for (EditListBox.Entry entry : list.getEntries()) {
            if (entry.getSegmentDuration() < 0) {
                throw Refusals.broken("Track " + id() + " has an edit of impossible length");
            }
            edits.add(new Timeline.Edit(entry.getSegmentDuration(), entry.getMediaTime(), entry.getMediaRate() == 0));
        }
        return edits;
    }

    private List<Box> references(List<Box> boxes) throws IOException {
        Box tref = Boxes.first(boxes, BoxType.TREF);
        return tref == null ? List.of() : Boxes.children(window, tref);
    }

    private Set<Integer> chapters(List<Box> references) throws IOException {
        Box chap = Boxes.first(references, BoxType.CHAP);
        Set<Integer> ids = new HashSet<>();
        if (chap != null) {
            for (long at = chap.payload(); at + 4 <= chap.end() && ids.size() < Limits.TRACKS; at += 4) {
                ids.add(window.i32(at));
            }
        }
        return ids;
    }
}
