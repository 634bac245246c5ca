package org.reelcast.mp4.read;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.mp4parser.boxes.iso14496.part12.MovieHeaderBox;
import org.reelcast.bitstream.BigEndian;
import org.reelcast.mp4.box.Box;
import org.reelcast.mp4.box.BoxType;
import org.reelcast.mp4.box.Boxes;
import org.reelcast.mp4.box.HeldRange;
import org.reelcast.mp4.box.Limits;
import org.reelcast.mp4.box.Refusals;
import org.reelcast.mp4.box.Window;
import org.reelcast.mp4.index.PageStore;
import org.reelcast.refusal.Refusal;
import org.reelcast.storage.ByteSource;

/** Finds the movie header in a file and makes an index of it (ISO 14496-12 sections 4.2 and 8.2). */
final class MovieReader {
    /** What a scan of the file's boxes reads at a time. */
    private static final int SCAN = 4096;
    /** So many boxes behind the header are looked at for another one. */
    private static final int BEHIND = 16;
    /** What an MP4 or QuickTime file may start with. */
    private static final Set<String> FIRST = Set.of(
            "ftyp", "moov", "mdat", "free", "skip", "wide", "pnot", "styp", "sidx", "moof", "uuid", "junk", "pict",
            "prft", "emsg", "meta");

    private final ByteSource source;
    private final PageStore store;
    private final ReadOptions options;
    private final Notes notes = new Notes();
    private final Defects defects = new Defects(notes);
    /** Where the first fragment before the header is; 0 when there is none. */
    private long firstFragment;

    private MovieReader(ByteSource source, PageStore store, ReadOptions options) {
        this.source = source;
        this.store = store;
        this.options = options;
    }

    static Movie read(ByteSource source, PageStore store, ReadOptions options) throws IOException {
        byte[] start = new byte[4];
        return source.readFully(0, start, 0, start.length) == start.length
                        && MatroskaReader.isOne(BigEndian.i32(start, 0))
                ? MatroskaReader.read(source, store, options)
                : new MovieReader(source, store, options).read();
    }

    private Movie read() throws IOException {
        Box moov = findHeader();
        Window window = moov.length() <= Limits.HEADER_AT_ONCE
                ? new Window(HeldRange.of(source, moov.start(), (int) (moov.end() - moov.start())), SCAN)
                : new Window(source, SCAN);
        List<Box> boxes = Boxes.children(window, moov);
        if (Boxes.first(boxes, BoxType.CMOV) != null) {
            throw Refusals.wrongFormat("The movie header is compressed (QuickTime cmov)");
        }
        MovieHeaderBox header = new MovieHeaderBox();
        Boxes.parse(window, Boxes.need(boxes, BoxType.MVHD, "moov"), header::_parseDetails);
        if (header.getTimescale() <= 0) {
            throw Refusals.broken("The movie has a time scale of " + header.getTimescale());
        }
        List<TrackReader> tracks = TrackList.read(window, boxes, options.decodes(), defects);
        List<TrackReader> video = TrackChoice.video(tracks, defects);
        List<TrackReader> audio = TrackChoice.audio(tracks, options.sound(), defects, !video.isEmpty());
        if (tracks.stream().filter(track -> !track.isVideo()).count() == 1) {
            Gapless.read(window, boxes).ifPresent(sound -> audio.forEach(track -> track.describe(sound)));
        }
        Box mvex = Boxes.first(boxes, BoxType.MVEX);
        Track[] played = mvex == null
                ? new Track[] {read(video, header.getTimescale()), read(audio, header.getTimescale())}
                : new FragmentedMovie(
                                source,
                                store,
                                header,
                                MovieExtends.read(window, mvex),
                                moov.start(),
                                firstFragment > 0 ? firstFragment : moov.end(),
                                options,
                                defects)
                        .read(video, audio);
        if (played[0] == null && played[1] == null) {
            throw defects.reasonOr(Refusals.broken("The file has a movie header and no media"));
        }
        if (mvex == null) {
            noteJoined(moov.end());
        }
        return new Movie(
                played[0],
                played[1],
                tracks.stream().map(track -> track.info(isOne(track, played))).toList(),
                notes);
    }

    private static boolean isOne(TrackReader track, Track[] played) {
        return Arrays.stream(played).anyMatch(one -> one != null && one.id() == track.id());
    }

    /** The first track that has samples; null when there is none. */
    private Track read(List<TrackReader> tracks, long movieTimescale) throws IOException {
        for (TrackReader reader : tracks) {
            try {
                Track track = reader.read(movieTimescale, store);
                if (track.samples().count() > 0) {
                    if (track.samples().isTruncated()) {
                        notes.add("Track " + track.id() + " goes on beyond the end of the file: it was cut off");
                    }
                    return track;
                }
                notes.add(reader.emptyNote());
            } catch (Refusal e) {
                defects.found("Track " + reader.id(), reader.kind(), e);
            }
        }
        return null;
    }

    /** Of two films joined by cat the first one's header names its own samples alone. */
    private void noteJoined(long from) throws IOException {
        Window window = new Window(source, SCAN);
        long position = from;
        try {
            for (int i = 0; i < BEHIND && source.size() - position >= 8; i++) {
                Box box = Box.read(window, position, source.size());
                if (box.is(BoxType.MOOV)) {
                    notes.add("Another film is joined to it at byte " + position
                            + ", which its index does not name: it ends there");
                    return;
                }
                position = box.end();
            }
        } catch (Refusal e) {
            // what is behind a film and is none may be anything
        }
    }

    private Box findHeader() throws IOException {
        if (source.size() == 0) {
            throw Refusals.wrongFormat("The file is empty");
        }
        if (source.size() < 8) {
            throw Refusals.wrongFormat("The file is not an MP4");
        }
        Window window = new Window(source, SCAN);
        if (!FIRST.contains(BoxType.name(window.i32(4)))) {
            throw Refusals.wrongFormat("The file is not an MP4");
        }
        long position = 0;
        for (int i = 0; i < Limits.TOP_LEVEL && position < source.size(); i++) {
            Box box = Box.read(window, position, source.size());
            if (box.is(BoxType.MOOV)) {
                return box;
            }
            if (box.is(BoxType.MOOF) && firstFragment == 0) {
                firstFragment = position;
            }
            position = box.end();
        }
        throw Refusals.broken("The file has no movie header (moov): it was not finished, or is cut off");
    }
}
