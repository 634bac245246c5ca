package org.reelcast.rendition.film;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.reelcast.bitstream.CodecConfigException;
import org.reelcast.bitstream.h264.AvcConfig;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.media.Slice;
import org.reelcast.mp4.read.GeneratedFilm;
import org.reelcast.rendition.AnnexB;
import org.reelcast.rendition.GeneratedMedia;

/** Films as they come, to be passed through: 4 s of 320x240, 25 frames a second, a key frame a second, AAC stereo. */
public final class OriginalFilms {
    private static final List<String> PICTURE = List.of("-f", "lavfi", "-i", "testsrc2=size=320x240:rate=25");
    private static final List<String> SOUND = List.of(
            "-f",
            "lavfi",
            "-i",
            "aevalsrc=0.4*sin(2*PI*440*t)+0.1*random(0)|0.4*sin(2*PI*660*t)+0.1*random(1):s=48000");
    private static final int SHORT_LENGTHS = 2;

    private OriginalFilms() {}

    /** @param options of ffmpeg for the output */
    public static Path film(String... options) {
        List<String> arguments = new ArrayList<>(PICTURE);
        arguments.addAll(SOUND);
        arguments.addAll(List.of(
                "-t",
                "4",
                "-pix_fmt",
                "yuv420p",
                "-c:v",
                "libx264",
                "-g",
                "25",
                "-bf",
                "0",
                "-x264-params",
                "scenecut=0",
                "-c:a",
                "aac"));
        arguments.addAll(List.of(options));
        return GeneratedMedia.make("original.mp4", arguments.toArray(String[]::new));
    }

    /** Three B-frames in a pyramid. */
    public static Path withBFrames(String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("-bf", "3", "-x264-params", "b-pyramid=normal:b-adapt=0:scenecut=0"));
        arguments.addAll(List.of(options));
        return film(arguments.toArray(String[]::new));
    }

    /** With an edit list that starts 0.6 s, between two key frames, into what is there. */
    public static Path cutIn(Path film) {
        return GeneratedMedia.make("cut-in.mp4", "-ss", "0.6", "-i", film.toString(), "-c", "copy");
    }

    /** Fragments of a second each, which say nothing of the film's length. */
    public static Path inFragments(Path film) {
        return GeneratedMedia.make(
                "fragments.mp4",
                "-i",
                film.toString(),
                "-c",
                "copy",
                "-movflags",
                "delay_moov+frag_keyframe+default_base_moof");
    }

    /** 160x128 without sound, the lengths of NAL units in two bytes. */
    public static Path shortLengths() {
        Path film = withBFrames("-s", "160x128", "-an");
        Path file = film.resolveSibling("short-" + film.getFileName());
        try (Film from = Film.open(film);
                FrameReader reader =
                        from.renditions().originals().video().orElseThrow().reader()) {
            List<byte[]> samples = new ArrayList<>();
            List<Integer> syncs = new ArrayList<>();
            List<Integer> orders = new ArrayList<>();
            for (Frame frame : AnnexB.frames(reader, Integer.MAX_VALUE)) {
                if (frame.isKey()) {
                    syncs.add(samples.size());
                }
                orders.add((int) (frame.presentationTimeUs() / 40_000));
                samples.add(sample(frame, SHORT_LENGTHS));
            }
            AvcConfig config = AvcConfig.parse(from.renditions()
                    .originals()
                    .video()
                    .orElseThrow()
                    .format()
                    .config()
                    .bytes());
            return Files.write(
                    file,
                    GeneratedFilm.of(
                            SHORT_LENGTHS, config.sps().get(0), config.pps().get(0), samples, syncs, orders));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (CodecConfigException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The frame's NAL units with their lengths, as a sample has them. */
    public static byte[] sample(Frame frame, int lengthSize) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < frame.slices(); i++) {
            Slice slice = frame.slice(i);
            bytes.write(ByteBuffer.allocate(4).putInt(slice.length()).array(), 4 - lengthSize, lengthSize);
            bytes.write(slice.array(), slice.offset(), slice.length());
        }
        return bytes.toByteArray();
    }
}
