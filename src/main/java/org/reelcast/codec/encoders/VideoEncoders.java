package org.reelcast.codec.encoders;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.codec.ffmpeg.EncoderSettings;
import org.reelcast.codec.ffmpeg.FfmpegEncoderKind;
import org.reelcast.codec.ffmpeg.VideoEncoder;
import org.reelcast.codec.openh264.SystemOpenH264;
import org.reelcast.loop.AnyThread;

/**
 * The H.264 encoders of this process: of those that it may have, the best that proved to work. Until it was chosen, the
 * one that comes with the server.
 */
@AnyThread
public final class VideoEncoders implements VideoEncoder.Kind {
    /** The word for the best one. */
    public static final String AUTO = "auto";

    private static final Logger LOG = Logger.getLogger(VideoEncoders.class.getName());
    /** Some tens of milliseconds are usual. A driver that hangs costs nobody more than a thread. */
    private static final long PROBE_LIMIT_MS = 5_000;

    private static final VideoEncoder.Kind BUNDLED = FfmpegEncoderKind.OPENH264;
    private static final VideoEncoders PROCESS = new VideoEncoders(List.of(
            FfmpegEncoderKind.NVENC,
            FfmpegEncoderKind.VAAPI,
            FfmpegEncoderKind.V4L2M2M,
            FfmpegEncoderKind.VIDEOTOOLBOX,
            FfmpegEncoderKind.MEDIA_FOUNDATION,
            FfmpegEncoderKind.X264,
            new SystemOpenH264(),
            BUNDLED));

    private final List<VideoEncoder.Kind> candidates;
    private final long probeLimitMs;
    /** The best first. */
    private volatile List<VideoEncoder.Kind> proven = List.of(BUNDLED);

    private volatile String choice =
            "H.264 is encoded by " + BUNDLED.description() + " until the best encoder is found";

    /** @param candidates the best first */
    VideoEncoders(List<VideoEncoder.Kind> candidates) {
        this(candidates, PROBE_LIMIT_MS);
    }

    VideoEncoders(List<VideoEncoder.Kind> candidates, long probeLimitMs) {
        this.candidates = candidates;
        this.probeLimitMs = probeLimitMs;
    }

    /** Those of this process. */
    public static VideoEncoders ofProcess() {
        return PROCESS;
    }

    /**
     * Proves all that there are, and chooses; blocks for some tenths of a second.
     *
     * @param wanted the {@link #id()} of one, or {@link #AUTO}
     * @param prober runs the proofs: one that hangs keeps its thread
     */
    public void choose(String wanted, Executor prober) {
        List<VideoEncoder.Kind> good = new ArrayList<>();
        for (VideoEncoder.Kind kind : candidates) {
            String problem = problem(kind, prober);
            if (problem == null) {
                good.add(kind);
            } else {
                boolean missed = kind.id().equals(wanted) || kind == BUNDLED;
                LOG.log(missed ? Level.WARNING : Level.FINE, "{0} does not encode H.264 here: {1}", new Object[] {
                    kind.id(), problem
                });
            }
        }
        good.sort((a, b) -> Boolean.compare(b.id().equals(wanted), a.id().equals(wanted)));
        if (!good.isEmpty()) {
            proven = List.copyOf(good);
            choice = "H.264 is encoded by " + description() + " ("
                    + (id().equals(wanted)
                            ? "encoder=" + wanted
                            : "encoder=auto, of " + names(good) + " that work here")
                    + ")";
            LOG.info(choice);
        }
    }

    private String problem(VideoEncoder.Kind kind, Executor prober) {
        try {
            return CompletableFuture.supplyAsync(() -> EncoderProof.problem(kind), prober)
                    .get(probeLimitMs, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return "it gave no answer in " + probeLimitMs + " ms";
        } catch (ExecutionException | RuntimeException e) {
            return e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "the server stops";
        }
    }

    private static String names(List<VideoEncoder.Kind> kinds) {
        return String.join(", ", kinds.stream().map(VideoEncoder.Kind::id).toList());
    }

    /** Which one was chosen, and why: a sentence. */
    public String choice() {
        return choice;
    }

    /** That of the chosen one. */
    @Override
    public String id() {
        return proven.get(0).id();
    }

    @Override
    public String description() {
        return proven.get(0).description();
    }

    /** An encoder of the chosen kind; of the next best one where there are no more of those: devices have a limit. */
    @Override
    public VideoEncoder open(EncoderSettings settings) throws IOException {
        IOException first = null;
        for (VideoEncoder.Kind kind : proven) {
            try {
                return kind.open(settings);
            } catch (IOException e) {
                LOG.log(Level.FINE, "{0} has no other encoder: {1}", new Object[] {kind.id(), e.getMessage()});
                first = first == null ? e : first;
            }
        }
        throw first;
    }
}
