package org.reelcast.bitstream.h264;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.media.Slice;
import org.reelcast.rendition.GeneratedMedia;

class HeldPicturesTest {
    private static final int PICTURES = 30;
    private static final int HELD = 3;

    @TempDir
    Path folder;

    /** Counted and compared as ffmpeg decodes them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-profile:v baseline -bf 0",
                "-profile:v main -bf 0 -refs 4",
                "-profile:v high -bf 0 -g 7",
                "-profile:v high -bf 0 -x264-params weightp=2:slices=4",
                "-profile:v high -bf 0 -x264-params tff=1"
            })
    void heldPicturesShowTheOneBeforeThem_andChangeNoneThatFollows(String options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=s=160x96:r=25",
                "-frames:v",
                Integer.toString(PICTURES),
                "-c:v",
                "libx264",
                "-pix_fmt",
                "yuv420p"));
        arguments.addAll(Arrays.asList(options.split(" ")));
        byte[] film = Files.readAllBytes(GeneratedMedia.make("held.h264", arguments.toArray(String[]::new)));
        List<String> before = pictures(film);
        assertEquals(PICTURES, before.size());
        List<String> expected = new ArrayList<>();
        for (String picture : before) {
            expected.addAll(Collections.nCopies(1 + HELD, picture));
        }
        assertEquals(expected, pictures(held(film)));
    }

    /** Some held pictures behind each. */
    private static byte[] held(byte[] film) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        HeldPictures held = null;
        List<byte[]> sets = new ArrayList<>();
        Sps sps = null;
        boolean follows = false;
        for (Slice unit : StartCodes.split(film)) {
            int type = NalType.of(unit.array()[unit.offset()]);
            byte[] bytes = Arrays.copyOfRange(unit.array(), unit.offset(), unit.offset() + unit.length());
            boolean slice = type == NalType.SLICE || type == NalType.IDR;
            boolean first = slice && (bytes[1] & 0x80) != 0;
            if (follows && (first || !slice)) {
                hold(out, held);
                follows = false;
            }
            if (type == NalType.SPS) {
                sps = Sps.parse(bytes, 0, bytes.length);
            } else if (type == NalType.PPS) {
                sets.add(bytes);
            }
            if (first) {
                if (held == null) {
                    held = HeldPictures.of(sps, sets).orElseThrow();
                    put(out, held.parameterSet());
                }
                held.follow(bytes, 0, bytes.length);
                follows = true;
            }
            put(out, bytes);
        }
        hold(out, held);
        return out.toByteArray();
    }

    private static void hold(ByteArrayOutputStream out, HeldPictures held) {
        for (int i = 0; i < HELD; i++) {
            put(out, held.picture());
        }
    }

    private static void put(ByteArrayOutputStream out, byte[] unit) {
        out.writeBytes(new byte[] {0, 0, 0, 1});
        out.writeBytes(unit);
    }

    /** The checksums of the decoded pictures; fails when anything is wrong in decoding them. */
    private List<String> pictures(byte[] film) throws IOException {
        Path file = Files.write(folder.resolve("film.h264"), film);
        String list = GeneratedMedia.run(List.of(
                "ffmpeg",
                "-v",
                "error",
                "-xerror",
                "-r",
                "25",
                "-i",
                file.toString(),
                "-fps_mode",
                "passthrough",
                "-f",
                "framemd5",
                "-"));
        return list.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.substring(line.lastIndexOf(',')))
                .toList();
    }

    @Test
    void whatHardlyEverIsSeen_isNotHeld() {
        assertEquals(Optional.empty(), HeldPictures.of(null, List.of()));
        // profile 66, order count type 1
        byte[] sps = {0x67, 66, 0, 30, (byte) 0b11010111, (byte) 0b11111010, 0, 0, 0, 0};
        Sps parsed = Sps.parse(sps, 0, sps.length);
        assertTrue(parsed == null || parsed.pictureOrderCountType() != 0);
    }
}
