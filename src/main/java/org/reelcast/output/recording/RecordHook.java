package org.reelcast.output.recording;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.reelcast.loop.BoundedExecutor;

/**
 * Runs {@code on_record_hook_script} after each file, as WCS does: first argument the stream's name, second the file's
 * absolute path. The same are in the environment, {@code REELCAST_STREAM_NAME} and {@code REELCAST_RECORD_FILE}. At most two at a time, each for a limited time; what they print goes to the log, one line for each
 * run.
 */
final class RecordHook {
    private static final Logger LOG = Logger.getLogger(RecordHook.class.getName());
    private static final int PARALLEL = 2;
    private static final int MAX_OUTPUT = 4096;
    private static final long LOOK_MS = 50;
    private static final Pattern BATCH = Pattern.compile("(?i).*\\.(bat|cmd)");

    private final Optional<Path> script;
    private final long limitMs;
    private final Executor executor;

    RecordHook(Optional<Path> script, long limitMs, Executor executor) {
        this.script = script;
        this.limitMs = limitMs;
        this.executor = new BoundedExecutor(executor, PARALLEL);
    }

    /** Returns at once. */
    void run(String streamName, Path film) {
        if (script.isEmpty()) {
            return;
        }
        try {
            executor.execute(() -> runNow(streamName, film));
        } catch (RejectedExecutionException e) {
            LOG.warning(() -> script.get() + " was not run for " + film + ": " + e.getMessage());
        }
    }

    private void runNow(String streamName, Path film) {
        try {
            Process process =
                    command(streamName, film).redirectErrorStream(true).start();
            process.getOutputStream().close();
            follow(process, film);
        } catch (IOException e) {
            LOG.warning(() -> script.get() + " cannot be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where arguments pass through a shell, as those of batch files do, the name is one of harmless characters. */
    private ProcessBuilder command(String streamName, Path film) {
        String file = film.toAbsolutePath().toString();
        boolean batch = BATCH.matcher(script.get().toString()).matches();
        ProcessBuilder command =
                new ProcessBuilder(script.get().toString(), batch ? NameTemplate.safe(streamName) : streamName, file);
        command.environment().put("REELCAST_STREAM_NAME", streamName);
        command.environment().put("REELCAST_RECORD_FILE", file);
        return command;
    }

    private void follow(Process process, Path film) throws IOException, InterruptedException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMs);
        boolean exited = false;
        try {
            while (!exited && System.nanoTime() < deadline) {
                exited = process.waitFor(LOOK_MS, TimeUnit.MILLISECONDS);
                // never a read that waits: what the script started may keep its output open for good
                collect(process.getInputStream(), output);
            }
        } finally {
            if (!exited) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
        String printed = output.toString(StandardCharsets.UTF_8).strip();
        String tail = printed.isEmpty() ? "" : ": " + printed;
        if (!exited) {
            LOG.warning(() -> script.get() + " was ended after " + limitMs + " ms for " + film + tail);
        } else if (process.exitValue() != 0) {
            LOG.warning(() -> script.get() + " failed with " + process.exitValue() + " for " + film + tail);
        } else {
            LOG.info(() -> script.get() + " is done with " + film + tail);
        }
    }

    private static void collect(InputStream in, ByteArrayOutputStream output) throws IOException {
        byte[] piece = new byte[1024];
        for (int n = in.available(); n > 0; n = in.available()) {
            n = in.read(piece, 0, Math.min(n, piece.length));
            output.write(piece, 0, Math.max(0, Math.min(n, MAX_OUTPUT - output.size())));
        }
    }
}
