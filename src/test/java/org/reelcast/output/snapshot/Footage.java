package org.reelcast.output.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.media.Slice;
import org.reelcast.rendition.AnnexB;
import org.reelcast.rendition.GeneratedMedia;
import org.reelcast.rendition.Rendition;
import org.reelcast.rendition.film.Film;

/** The picture of a film as a stream brings it: 25 frames a second from {@link #ZERO_US} on. */
record Footage(Path film, Format format, List<Frame> frames) {
    static final long ZERO_US = 10_000_000;
    static final long FRAME_US = 40_000;

    /** As it is in the file. */
    static Footage original(Path film) throws IOException {
        try (Film open = Film.open(film)) {
            return of(film, open.renditions().originals().video().orElseThrow());
        }
    }

    /** With parameter sets in its frames, as a camera sends it. */
    static Footage realTime(Path film) throws IOException {
        try (Film open = Film.open(film)) {
            return of(film, open.video());
        }
    }

    private static Footage of(Path film, Rendition rendition) throws IOException {
        try (FrameReader reader = rendition.reader()) {
            return new Footage(
                    film,
                    rendition.format(),
                    AnnexB.frames(reader, Integer.MAX_VALUE).stream()
                            .map(frame -> frame.shifted(ZERO_US))
                            .toList());
        }
    }

    /** The group of pictures that a stream keeps when {@code filmUs} of the film have passed. */
    PresentFrames.Group group(long filmUs) {
        List<Frame> group = new ArrayList<>();
        for (Frame frame : frames) {
            if (frame.decodeTimeUs() <= ZERO_US + filmUs) {
                if (frame.isKey()) {
                    group.clear();
                }
                group.add(frame);
            }
        }
        return new PresentFrames.Group(group, ZERO_US + filmUs);
    }

    /** What ffmpeg makes of the film's picture of that number, as PNG. */
    byte[] reference(int number) throws IOException {
        return Files.readAllBytes(GeneratedMedia.make(
                "picture.png",
                "-i",
                film.toString(),
                "-vf",
                "select=eq(n\\," + number + "),scale=flags=bicubic+accurate_rnd+full_chroma_int",
                "-frames:v",
                "1"));
    }

    /** A frame whose slices are noise behind their headers. */
    static Frame broken(Frame frame) {
        Slice[] slices = new Slice[frame.slices()];
        for (int i = 0; i < slices.length; i++) {
            Slice slice = frame.slice(i);
            byte[] noise = new byte[slice.length()];
            for (int at = 1; at < noise.length; at++) {
                noise[at] = (byte) (at * 31 % 251 | 1);
            }
            noise[0] = slice.array()[slice.offset()];
            slices[i] = Slice.of(noise);
        }
        return new Frame(frame.format(), frame.decodeTimeUs(), frame.presentationTimeUs(), frame.isKey(), slices);
    }
}
