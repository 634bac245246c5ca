package org.reelcast.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The programs the end-to-end tests need beside Java: ffmpeg, npm and Chromium ({@code .ci/install-tools}). */
final class Tools {
    private static final String FORK = "reelcast.fork";
    private static final Path TARGET = Path.of("target").toAbsolutePath();

    private Tools() {}

    /** Maven's output folder; the tests run in the project's folder. */
    static Path target() {
        return TARGET;
    }

    /** Whether this process runs what {@link BesideOthers} marks. */
    static boolean isBesideOthers() {
        return System.getProperty(FORK) != null;
    }

    /** What sets the files of this test process apart from those of one that runs beside it; empty for the first. */
    static String forkSuffix() {
        String fork = System.getProperty(FORK, "1");
        return fork.equals("1") ? "" : "-" + fork;
    }

    /** Moves a file or folder, all of it at once, unless another test process has put the same there. */
    static void moveWhole(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.exists(to)) {
                throw e;
            }
        }
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
            int exit = exitCode(new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start());
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
        return output(folder, command, Map.of());
    }

    /** The same with variables of its environment. */
    static String output(Path folder, List<String> command, Map<String, String> variables) {
        try {
            ProcessBuilder starting = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            starting.environment().putAll(variables);
            Process process = starting.start();
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
