package org.reelcast.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.reelcast.rendition.GeneratedMedia;

/** Films that cannot be played, or not to their end. */
final class MatrixBrokenFilms {
    private MatrixBrokenFilms() {}

    /** Both tracks by Common Encryption (ISO 23001-7), {@code encv} and {@code enca}. */
    static Path encrypted() {
        Path plain = new MatrixRecipe().make("encrypted-from");
        return GeneratedMedia.make(
                "matrix-encrypted.mp4",
                "-i",
                plain.toString(),
                "-c",
                "copy",
                "-encryption_scheme",
                "cenc-aes-ctr",
                "-encryption_key",
                "76a6c65c5ea762046bd749a2e632ccbb",
                "-encryption_kid",
                "a7e61c373e219033c21091fa607bf3b8");
    }

    static Path subtitlesOnly() {
        Path many = MatrixGenerated.manyTracks();
        return GeneratedMedia.make("matrix-subtitles.mp4", "-i", many.toString(), "-map", "0:s:0", "-c", "copy");
    }

    /** The index says of the picture's samples that they are more than there are bytes of index. */
    static Path contradictoryIndex() {
        return changed("contradictory-index", new MatrixRecipe().silent().make("picture-alone"), bytes -> {
            int at = find(bytes, "stsz");
            // version and flags, sample size, then the count (ISO 14496-12, 8.7.3.2)
            ByteBuffer.wrap(bytes).putInt(at + 4 + 8, 100_000);
            return bytes;
        });
    }

    /** A track whose media box is cut short by its own length. */
    static Path brokenBox() {
        return changed("broken-box", new MatrixRecipe().silent().make("picture-alone"), bytes -> {
            ByteBuffer.wrap(bytes).putInt(find(bytes, "mdia") - 4, 0x7fff_fff0);
            return bytes;
        });
    }

    /** The data's second half is missing. */
    static Path half(boolean bFrames) {
        MatrixRecipe recipe = bFrames ? new MatrixRecipe().bFrames("b-pyramid=normal") : new MatrixRecipe();
        return changed(
                bFrames ? "half-b" : "half",
                recipe.make(bFrames ? "half-from-b" : "half-from"),
                bytes -> Arrays.copyOf(bytes, bytes.length / 2));
    }

    /** 8 s of noise with B-frames, too large to be read at once. */
    static Path large() {
        return new MatrixRecipe()
                .bFrames("b-pyramid=normal")
                .seconds("8")
                .filter("noise=alls=40:allf=t")
                .make("large-b");
    }

    /** Cut within the data of its sixth of eight fragments. */
    static Path halfFragments(boolean bFrames) {
        return changed("half-fragments" + (bFrames ? "-b" : ""), fragments(bFrames), bytes -> {
            int middle = find(bytes, "mdat", 6);
            return Arrays.copyOf(bytes, middle + 2000);
        });
    }

    /** The header of its fifth of eight fragments is nonsense. */
    static Path brokenFragment(boolean bFrames) {
        return changed("broken-fragment" + (bFrames ? "-b" : ""), fragments(bFrames), bytes -> {
            int middle = find(bytes, "moof", 5);
            ByteBuffer.wrap(bytes).putInt(middle + 4, 0x7fff_fff0);
            return bytes;
        });
    }

    private static Path fragments(boolean bFrames) {
        MatrixRecipe recipe = bFrames ? new MatrixRecipe().bFrames("b-pyramid=normal") : new MatrixRecipe();
        return recipe.flags("+frag_keyframe+empty_moov+default_base_moof")
                .make(bFrames ? "fragments-from-b" : "fragments-from");
    }

    private interface Change {
        byte[] of(byte[] bytes);
    }

    private static Path changed(String name, Path from, Change change) {
        try {
            byte[] bytes = change.of(Files.readAllBytes(from));
            return Files.write(from.resolveSibling("matrix-" + name + ".mp4"), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int find(byte[] bytes, String type) {
        return find(bytes, type, 1);
    }

    /** @return where the n-th box of the type has its name */
    private static int find(byte[] bytes, String type, int nth) {
        byte[] wanted = type.getBytes(StandardCharsets.US_ASCII);
        int seen = 0;
        for (int i = 0; i + 4 <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + 4, wanted, 0, 4) && ++seen == nth) {
                return i;
            }
        }
        throw new IllegalStateException("No " + type + " number " + nth);
    }
}
