package org.reelcast.output.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.rendition.AnnexB;
import org.reelcast.rendition.GeneratedMedia;
import org.reelcast.rendition.Rendition;
import org.reelcast.rendition.film.Film;
import org.reelcast.rendition.film.Originals;

/** What a publisher would send: H.264 and Opus in the order of their times, which start at 0. */
record PublishedClip(List<Frame> frames) {

    /** Black and silent but for a white flash and a tone from 1 s to 1.2 s, and the same again from 3 s on. */
    static PublishedClip flash(String size, int seconds) throws IOException {
        return of(flashFilm(size, seconds, "0"));
    }

    static Path flashFilm(String size, int seconds, String bFrames) {
        String when = "between(t,1,1.2)+between(t,3,3.2)";
        return GeneratedMedia.make(
                "flash.mp4",
                "-f",
                "lavfi",
                "-i",
                "color=black:s=" + size + ":r=25,drawbox=color=white:t=fill" + ":enable='" + when + "'",
                "-f",
                "lavfi",
                "-i",
                "aevalsrc='0.5*sin(880*2*PI*t)*(" + when + ")':s=48000",
                "-t",
                "" + seconds,
                "-pix_fmt",
                "yuv420p",
                "-c:v",
                "libx264",
                "-bf",
                bFrames,
                "-g",
                "50",
                "-x264-params",
                "scenecut=0",
                "-c:a",
                "aac");
    }

    /** Moving and never silent in the dark, with a white flash and a tone of 200 ms at each odd second. */
    static PublishedClip busy(String size, int seconds) throws IOException {
        String when = "between(mod(t,2),1,1.2)";
        return of(GeneratedMedia.make(
                "busy.mp4",
                "-f",
                "lavfi",
                "-i",
                "testsrc2=s=" + size + ":r=25,lutyuv=y=val*0.3,drawbox=color=white:t=fill:enable='" + when + "'",
                "-f",
                "lavfi",
                "-i",
                "aevalsrc='0.02*sin(300*2*PI*t)+0.5*sin(880*2*PI*t)*" + when + "':s=48000",
                "-t",
                "" + seconds,
                "-pix_fmt",
                "yuv420p",
                "-c:v",
                "libx264",
                "-bf",
                "0",
                "-c:a",
                "aac"));
    }

    private static PublishedClip of(Path file) throws IOException {
        try (Film film = Film.open(file);
                FrameReader video = film.video().reader();
                FrameReader audio = film.audio().reader()) {
            List<Frame> frames = new ArrayList<>(AnnexB.frames(video, Integer.MAX_VALUE));
            frames.addAll(AnnexB.frames(audio, Integer.MAX_VALUE));
            frames.sort(Comparator.comparingLong(Frame::presentationTimeUs));
            return new PublishedClip(frames);
        }
    }

    /** What is in a film, in the order in which it would leave. */
    static PublishedClip original(Path file) throws IOException {
        try (Film film = Film.open(file)) {
            Originals originals = film.renditions().originals();
            List<Frame> frames = new ArrayList<>();
            for (Optional<Rendition> track :
                    List.of(originals.video(), originals.audio().or(film.renditions()::audio))) {
                if (track.isPresent()) {
                    try (FrameReader reader = track.get().reader()) {
                        frames.addAll(AnnexB.frames(reader, Integer.MAX_VALUE));
                    }
                }
            }
            return new PublishedClip(frames).inOrder();
        }
    }

    /** The frames of each track as they are, sound a little ahead of the picture. */
    PublishedClip inOrder() {
        Deque<Frame> video = new ArrayDeque<>(only(Frame::isVideo).frames());
        Deque<Frame> audio = new ArrayDeque<>(only(frame -> !frame.isVideo()).frames());
        List<Frame> ordered = new ArrayList<>();
        while (!video.isEmpty() || !audio.isEmpty()) {
            boolean isVideo = audio.isEmpty()
                    || !video.isEmpty()
                            && video.element().decodeTimeUs() <= audio.element().decodeTimeUs() - 40_000;
            ordered.add(isVideo ? video.remove() : audio.remove());
        }
        return new PublishedClip(ordered);
    }

    /** This and, from {@code us} on, another one. */
    PublishedClip then(PublishedClip other, long us) {
        List<Frame> all = new ArrayList<>(frames);
        all.addAll(other.shifted(us).frames());
        return new PublishedClip(all).inOrder();
    }

    PublishedClip only(Predicate<Frame> wanted) {
        return new PublishedClip(frames.stream().filter(wanted).toList());
    }

    PublishedClip shifted(long us) {
        return new PublishedClip(frames.stream().map(frame -> frame.shifted(us)).toList());
    }
}
