package org.reelcast.mp4;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mp4parser.boxes.iso14496.part12.EditListBox;
import org.mp4parser.boxes.iso14496.part12.MediaHeaderBox;
import org.mp4parser.boxes.iso14496.part12.TrackHeaderBox;
import org.reelcast.media.Format;
import org.reelcast.refusal.Refusal;

/** Reads one {@code trak} (ISO 14496-12 section 8.3): first what it is, its tables only when it is to be played. */
final class TrackReader {
    private static final int VIDE = BoxType.of("vide");
    private static final int SOUN = BoxType.of("soun");
    private static final int TRACK_ENABLED = 1;

    private final Window window;
    private final TrackHeaderBox header;
    private final boolean enabled;
    private final boolean video;
    private final int rotation;
    private final long timescale;
    private final String language;
    private final List<Timeline.Edit> edits;
    private final Set<Integer> chapters;
    private final Descriptions descriptions;
    private final StblReader tables;

    private TrackReader(Window window, List<Box> boxes, List<Box> media, boolean video) throws IOException {
        this.window = window;
        this.video = video;
        Box tkhd = Boxes.need(boxes, BoxType.TKHD, "trak");
        header = new TrackHeaderBox();
        Boxes.parse(window, tkhd, header::_parseDetails);
        enabled = (window.i32(tkhd.payload()) & TRACK_ENABLED) != 0;
        rotation = tkhd.length() < 84 ? 0 : rotation(tkhd);
        MediaHeaderBox mdhd = new MediaHeaderBox();
        Boxes.parse(window, Boxes.need(media, BoxType.MDHD, "mdia"), mdhd::_parseDetails);
        timescale = mdhd.getTimescale();
        // QuickTime has numbers there (below 0x400), which come out as other characters
        language = mdhd.getLanguage().matches("[a-z]{3}") ? mdhd.getLanguage() : Format.UNDETERMINED;
        if (timescale <= 0) {
            throw Refusals.broken("Track " + id() + " has a time scale of " + timescale);
        }
        edits = edits(boxes);
        chapters = chapters(boxes);
        Box minf = Boxes.need(media, BoxType.MINF, "mdia");
        List<Box> stbl = Boxes.children(window, Boxes.need(Boxes.children(window, minf), BoxType.STBL, "minf"));
        descriptions = Descriptions.read(window, Boxes.need(stbl, BoxType.STSD, "stbl"), video);
        tables = new StblReader(window, stbl, descriptions.entries().size());
    }

    /** @return null when the track is neither video nor audio */
    static TrackReader of(Window window, Box trak) throws IOException {
        List<Box> boxes = Boxes.children(window, trak);
        List<Box> media = media(window, boxes);
        int handler = handler(window, media);
        return handler == VIDE || handler == SOUN ? new TrackReader(window, boxes, media, handler == VIDE) : null;
    }

    /** Whether it is no audio track, as far as it says. */
    static boolean isVideo(Window window, Box trak) throws IOException {
        return handler(window, media(window, Boxes.children(window, trak))) != SOUN;
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

    int id() {
        return (int) header.getTrackId();
    }

    boolean isVideo() {
        return video;
    }

    boolean isEnabled() {
        return enabled;
    }

    /** Tracks that are this one's chapters: titles or pictures, never the film. */
    Set<Integer> chapters() {
        return chapters;
    }

    /** Why it cannot be played; null when it can. */
    Unplayable refusal() {
        return descriptions.refusal();
    }

    /** The note that the track is left out for having no samples. */
    String emptyNote() {
        return "Track " + id() + " has no samples and is left out";
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

    Timeline timeline(long movieTimescale, boolean fragmented) throws Refusal {
        return Timeline.of(edits, movieTimescale, timescale, fragmented);
    }

    SampleTable table(Timeline timeline, PackedSamples packed, SampleTable.Growth growth) {
        return new SampleTable(timescale, timeline, window.size(), tables.hasSyncTable(), packed, growth);
    }

    Track track(SampleTable samples) {
        return new Track(id(), timescale, video ? rotation : 0, language, descriptions.entries(), samples);
    }

    long timescale() {
        return timescale;
    }

    int sampleEntries() {
        return descriptions.entries().size();
    }

    /** From the matrix (section 6.2.2): rows a b u, c d v; x' = ax + cy, y' = bx + dy, y downwards. */
    private int rotation(Box tkhd) throws IOException {
        long matrix = tkhd.end() - 44;
        int a = window.i32(matrix);
        int b = window.i32(matrix + 4);
        int c = window.i32(matrix + 12);
        int d = window.i32(matrix + 16);
        if (a == 0 && d == 0 && b != 0 && c != 0) {
            return b > 0 ? 90 : 270;
        }
        return a < 0 && d < 0 && b == 0 && c == 0 ? 180 : 0;
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

    private Set<Integer> chapters(List<Box> boxes) throws IOException {
        Box tref = Boxes.first(boxes, BoxType.TREF);
        Box chap = tref == null ? null : Boxes.first(Boxes.children(window, tref), BoxType.CHAP);
        Set<Integer> ids = new HashSet<>();
        if (chap != null) {
            for (long at = chap.payload(); at + 4 <= chap.end() && ids.size() < Limits.TRACKS; at += 4) {
                ids.add(window.i32(at));
            }
        }
        return ids;
    }
}
