package org.reelcast.rendition;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.media.Slice;

/** H.264 frames as a byte stream that ffmpeg reads. */
public final class AnnexB {
    private static final byte[] START_CODE = {0, 0, 0, 1};

    private AnnexB() {}

    /** All that is left in {@code reader}, at most {@code limit} frames. */
    public static List<Frame> frames(FrameReader reader, int limit) throws IOException {
        List<Frame> frames = new ArrayList<>();
        for (Frame frame; frames.size() < limit && (frame = reader.next()) != null; ) {
            frames.add(frame);
        }
        return frames;
    }

    public static void write(Path file, List<Frame> frames) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (Frame frame : frames) {
                for (int i = 0; i < frame.slices(); i++) {
                    Slice slice = frame.slice(i);
                    out.write(START_CODE);
                    out.write(slice.array(), slice.offset(), slice.length());
                }
            }
        }
    }

    /** Decodes a byte stream and gives a checksum of each picture; fails when ffmpeg finds anything wrong with it. */
    public static List<String> pictures(Path file) throws IOException {
        String output = GeneratedMedia.run(List.of(
                "ffmpeg",
                "-hide_banner",
                "-loglevel",
                "warning",
                "-err_detect",
                "explode",
                "-f",
                "h264",
                "-i",
                file.toString(),
                "-fps_mode",
                "passthrough",
                "-f",
                "framemd5",
                "-"));
        List<String> sums = new ArrayList<>();
        for (String line : output.split("\n")) {
            if (line.contains("error") || line.contains("missing") || line.contains("conceal")) {
                throw new IOException(output);
            }
            if (line.startsWith("0,")) {
                sums.add(line.substring(line.lastIndexOf(',') + 1).strip());
            }
        }
        return sums;
    }

    /** The same for a film that ffmpeg itself opens. */
    public static List<String> picturesOf(Path film) throws IOException {
        String output = GeneratedMedia.run(List.of(
                "ffmpeg",
                "-hide_banner",
                "-loglevel",
                "fatal",
                "-ignore_editlist",
                "1",
                "-i",
                film.toString(),
                "-map",
                "0:v:0",
                "-fps_mode",
                "passthrough",
                "-f",
                "framemd5",
                "-"));
        List<String> sums = new ArrayList<>();
        for (String line : output.split("\n")) {
            if (line.startsWith("0,")) {
                sums.add(line.substring(line.lastIndexOf(',') + 1).strip());
            }
        }
        return sums;
    }

    /** Types of the NAL units of a frame. */
    public static List<Integer> types(Frame frame) {
        List<Integer> types = new ArrayList<>();
        for (int i = 0; i < frame.slices(); i++) {
            types.add(frame.slice(i).array()[frame.slice(i).offset()] & 0x1f);
        }
        return types;
    }
}
