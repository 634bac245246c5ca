package org.reelcast.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The programs the end-to-end tests need beside Java: ffmpeg, npm and Chromium ({@code .ci/install-tools}). */
final class Tools {
    private static final Path TARGET = Path.of("target").toAbsolutePath();

    private Tools() {
    }

    /** Maven's output folder; the tests run in the project's folder. */
    static Path target() {
        return TARGET;
    }

    /** @return the program's path; fails with a sentence that says how to get it */
    static Path find(String... names) {
        for (String name : names) {
            for (String folder : System.getenv("PATH").split(":")) {
                Path candidate = Path.of(folder, name);
                if (Files.isExecutable(candidate)) {
                    return candidate;
                }
            }
        }
        throw new IllegalStateException("The end-to-end tests need the program " + String.join(" or ", names)
                + ", which is not on the PATH: run .ci/install-tools");
    }

    /** Runs a program to its end; its output is the message when it fails. */
    static void run(Path folder, List<String> command) {
        try {
            Path log = Files.createTempFile(folder, "run", ".log");
            int exit = exitCode(new ProcessBuilder(command).directory(folder.toFile())
                    .redirectErrorStream(true).redirectOutput(log.toFile()).start());
            String output = Files.readString(log);
            Files.delete(log);
            if (exit != 0) {
                throw new IllegalStateException(String.join(" ", command) + "\n" + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a program that says little. @return what it writes to its standard output */
    static String output(List<String> command) {
        return output(Path.of("").toAbsolutePath(), command);
    }

    /** The same in a folder. */
    static String output(Path folder, List<String> command) {
        try {
            Process process = new ProcessBuilder(command).directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (exitCode(process) != 0) {
                throw new IllegalStateException(String.join(" ", command) + "\n" + output);
            }
            return output.trim();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int exitCode(Process process) throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(3, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
