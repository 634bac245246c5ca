package org.reelcast.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.reelcast.rendition.GeneratedH264;
import org.reelcast.rendition.GeneratedMedia;
import org.reelcast.rendition.opus.HeAac;

/** Films of the matrix that take more than one run of ffmpeg. */
final class MatrixGenerated {
    private static final String INDEX_FIRST = "+faststart";

    private MatrixGenerated() {}

    private static MatrixRecipe film(boolean bFrames) {
        MatrixRecipe recipe = new MatrixRecipe();
        return bFrames ? recipe.bFrames("b-pyramid=normal") : recipe;
    }

    private static String name(String name, boolean bFrames) {
        return bFrames ? name + "-b" : name;
    }

    /** HE-AAC frames made by hand, since ffmpeg has no encoder, beside a picture. */
    static Path heAac(boolean parametricStereo) {
        Path picture = new MatrixRecipe().silent().make("he-picture");
        try {
            Path folder = Files.createDirectories(picture.resolveSibling("matrix-he-v" + (parametricStereo ? 2 : 1)));
            Path sound = folder.resolve("sound.mp4");
            if (!Files.exists(sound)) {
                Files.move(HeAac.implicit(folder, parametricStereo), sound, StandardCopyOption.ATOMIC_MOVE);
            }
            return GeneratedMedia.make(
                    "matrix-he.mp4",
                    "-i",
                    picture.toString(),
                    "-i",
                    sound.toString(),
                    "-c",
                    "copy",
                    "-movflags",
                    INDEX_FIRST);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path avc3() {
        Path plain = new MatrixRecipe().make("avc3-from");
        return GeneratedMedia.make(
                "matrix-avc3.mp4",
                "-i",
                plain.toString(),
                "-c",
                "copy",
                "-bsf:v",
                "h264_mp4toannexb",
                "-tag:v",
                "avc3",
                "-movflags",
                INDEX_FIRST);
    }

    /** Cut without encoding: what comes before the cut in its group of pictures is there but not to be shown. */
    static Path cutIn(boolean bFrames) {
        Path whole = film(bFrames).seconds("6").picture("-g", "60").make(name("cut-from", bFrames));
        return GeneratedMedia.make(
                "matrix-cut-in.mp4", "-ss", "1.5", "-i", whole.toString(), "-c", "copy", "-movflags", INDEX_FIRST);
    }

    /** B pictures that refer to earlier ones only, as encoders for low delay make them. */
    static Path bInOrder() {
        GeneratedH264 pictures = new GeneratedH264(false, 0, 1, 0);
        for (int i = 0; i < 100; i++) {
            pictures.picture(i % 25 == 0 ? 'I' : 'B', i % 25, true);
        }
        return made(pictures, "matrix-b-in-order.mp4");
    }

    /** Cut without encoding, so that its picture is 0 to 2 s and 3.5 to 5.5 s of what is there; sound is not cut. */
    static Path cutOut() {
        Path whole = new MatrixRecipe().seconds("6").picture("-g", "60").make("cut-out-from");
        // an edit list of two edits, whose numbers are then changed
        Path late = GeneratedMedia.make(
                "matrix-cut-out-late.mp4",
                "-itsoffset",
                "1",
                "-i",
                whole.toString(),
                "-t",
                "4",
                "-i",
                whole.toString(),
                "-map",
                "0:v",
                "-map",
                "1:a",
                "-c",
                "copy",
                "-video_track_timescale",
                "15360",
                "-movflags",
                INDEX_FIRST);
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(late));
            int list = new String(bytes.array(), StandardCharsets.ISO_8859_1).indexOf("elst");
            // version and flags, how many, then duration in ms, media time and rate of each (ISO 14496-12, 8.6.6.2)
            bytes.putInt(list + 12, 2_000)
                    .putInt(list + 16, 0)
                    .putInt(list + 24, 2_000)
                    .putInt(list + 28, 15_360 * 7 / 2);
            return Files.write(late.resolveSibling("matrix-cut-out.mp4"), bytes.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path rotated(int degrees) {
        Path upright = new MatrixRecipe().make("rotated-from");
        return GeneratedMedia.make(
                "matrix-rotated.mp4",
                "-i",
                upright.toString(),
                "-c",
                "copy",
                "-metadata:s:v:0",
                "rotate=" + degrees,
                "-movflags",
                INDEX_FIRST);
    }

    static Path mirrored() {
        Path upright = new MatrixRecipe().make("mirrored-from");
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(upright));
            int header = new String(bytes.array(), StandardCharsets.ISO_8859_1).indexOf("tkhd");
            // a of the matrix, and x: -1 to the right, and back by the width (ISO 14496-12, 8.3.2 and 6.2.2)
            bytes.putInt(header + 44, -1 << 16).putInt(header + 44 + 24, 320 << 16);
            return Files.write(upright.resolveSibling("matrix-mirrored.mp4"), bytes.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path fieldsApart() {
        GeneratedH264 pictures = new GeneratedH264(true, 0, 1, 0).fieldsApart();
        for (int i = 0; i < 100; i++) {
            pictures.picture(i % 25 == 0 ? 'I' : 'P', i % 25, true);
        }
        return made(pictures, "matrix-fields-apart.mp4");
    }

    static Path byteStream() {
        GeneratedH264 pictures = new GeneratedH264(false, 0, 1, 0);
        for (int i = 0; i < 100; i++) {
            pictures.picture(i % 25 == 0 ? 'I' : 'P', i % 25, true);
        }
        try {
            Path any = new MatrixRecipe().make("structure-from");
            return pictures.byteStream(any.resolveSibling("matrix-byte-stream.mp4"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path made(GeneratedH264 pictures, String name) {
        try {
            Path any = new MatrixRecipe().make("structure-from");
            return pictures.film(any.resolveSibling(name), false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One track whose samples bring new parameter sets in its middle. */
    static Path sizeChanges(boolean bFrames) {
        Path small = film(bFrames).silent().seconds("2").make(name("size-1", bFrames));
        Path large = film(bFrames).silent().seconds("2").size("640x360").make(name("size-2", bFrames));
        Path sound = new MatrixRecipe().blind().make("size-sound");
        Path stream = GeneratedMedia.make("matrix-size.h264", "-i", small.toString(), "-c", "copy", "-f", "h264");
        Path second = GeneratedMedia.make("matrix-size.h264", "-i", large.toString(), "-c", "copy", "-f", "h264");
        return GeneratedMedia.make(
                "matrix-size-changes.mp4",
                "-r",
                "30",
                "-f",
                "h264",
                "-i",
                "concat:" + stream + "|" + second,
                "-i",
                sound.toString(),
                "-c",
                "copy",
                "-movflags",
                INDEX_FIRST);
    }

    static Path manyTracks() {
        Path one = new MatrixRecipe().make("tracks-1");
        Path two = new MatrixRecipe().size("640x360").sound("mono", 44_100).make("tracks-2");
        try {
            Path text = Files.writeString(
                    one.resolveSibling("matrix-titles.srt"), "1\n00:00:01,000 --> 00:00:03,000\nA subtitle\n");
            Path chapters = Files.writeString(
                    one.resolveSibling("matrix-chapters.txt"),
                    ";FFMETADATA1\ntitle=Many tracks\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=2000\ntitle=First\n"
                            + "[CHAPTER]\nTIMEBASE=1/1000\nSTART=2000\nEND=4000\ntitle=Second\n");
            Path cover = GeneratedMedia.make(
                    "matrix-cover.jpg", "-f", "lavfi", "-i", "testsrc2=s=160x120", "-frames:v", "1");
            return GeneratedMedia.make(
                    "matrix-many-tracks.mp4",
                    "-i",
                    one.toString(),
                    "-i",
                    two.toString(),
                    "-i",
                    text.toString(),
                    "-i",
                    chapters.toString(),
                    "-i",
                    cover.toString(),
                    "-map",
                    "2:s",
                    "-map",
                    "0",
                    "-map",
                    "1",
                    "-map",
                    "4",
                    "-map_metadata",
                    "3",
                    "-c",
                    "copy",
                    "-c:s",
                    "mov_text",
                    "-disposition:v:2",
                    "attached_pic",
                    "-movflags",
                    INDEX_FIRST);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
