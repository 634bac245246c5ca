package org.reelcast.rendition;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Media for tests, made by the ffmpeg command once and kept under {@code target/made-media}. */
public final class GeneratedMedia {
    private static final Path FOLDER = Path.of("target", "made-media");

    private GeneratedMedia() {}

    /**
     * Runs {@code ffmpeg -y <arguments> <file>}.
     *
     * @param name      of the file, its ending says the format
     * @param arguments all but the output
     */
    public static Path make(String name, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("ffmpeg", "-hide_banner", "-loglevel", "error", "-y", "-nostdin"));
        command.addAll(Arrays.asList(arguments));
        Path file = FOLDER.resolve(hash(command) + "-" + name);
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(FOLDER);
                Path part = Files.createTempDirectory(FOLDER, "part").resolve(name);
                command.add(part.toString());
                run(command);
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
                Files.delete(part.getParent());
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What ffmpeg itself hears: 48 kHz, interleaved, from the film's time 0 on. */
    public static float[] reference(Path media, int channels) {
        Path raw = make(
                "reference.s16",
                "-i",
                media.toString(),
                "-vn",
                "-af",
                "aresample=async=1:first_pts=0",
                "-ar",
                "48000",
                "-ac",
                Integer.toString(channels),
                "-f",
                "s16le");
        try {
            var bytes = java.nio.ByteBuffer.wrap(Files.readAllBytes(raw)).order(java.nio.ByteOrder.LITTLE_ENDIAN);
            float[] samples = new float[bytes.remaining() / 2];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = bytes.getShort() / 32768f;
            }
            return samples;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command to its end and gives what it printed. */
    public static String run(List<String> command) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new IOException(
                    "These tests need the commands ffmpeg and ffprobe; install them"
                            + " (on Debian: apt-get install ffmpeg)",
                    e);
        }
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + "\n" + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
        return output;
    }

    private static String hash(List<String> command) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\n", command).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
