package org.reelcast.source.vod;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.cluster.Cluster;
import org.reelcast.refusal.Refusal;
import org.reelcast.rendition.reencode.ReencodedVideos;

/** Segments of re-encoded films that other nodes ask for: the film is opened, if need be, and the segment is made. */
final class SegmentSupply {
    private static final Logger LOG = Logger.getLogger(SegmentSupply.class.getName());
    /** Who asks waits no longer. */
    private static final long PATIENCE_NS = 1_500_000_000L;

    private final Cluster cluster;
    private final FilmStore films;
    private final ReencodedVideos pictures;
    private final Executor tasks;

    /**
     * What is asked for.
     *
     * @param film    its name on all nodes
     * @param size    and version: which state of it
     * @param how     what is made of it
     * @param startUs of the segment
     * @param made    whether it is wanted only when it is ready
     */
    record Wish(String film, long size, String version, String how, long startUs, boolean made) {

        /** Empty when something is missing. */
        static Optional<Wish> of(UnaryOperator<String> fields) {
            try {
                String film = fields.apply("film");
                String version = fields.apply("version");
                String how = fields.apply("how");
                return film == null || version == null || how == null
                        ? Optional.empty()
                        : Optional.of(new Wish(
                                film,
                                Long.parseLong(fields.apply("size")),
                                version,
                                how,
                                Long.parseLong(fields.apply("start")),
                                Boolean.parseBoolean(fields.apply("made"))));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
    }

    /** @param tasks open films and wait for segments */
    SegmentSupply(Cluster cluster, FilmStore films, ReencodedVideos pictures, Executor tasks) {
        this.cluster = cluster;
        this.films = films;
        this.pictures = pictures;
        this.tasks = tasks;
    }

    /** Whether another node asks. */
    boolean isKnown(String secret) {
        return cluster.isShared()
                && secret != null
                && MessageDigest.isEqual(
                        secret.getBytes(StandardCharsets.UTF_8),
                        cluster.secret().getBytes(StandardCharsets.UTF_8));
    }

    Executor tasks() {
        return tasks;
    }

    /** Empty when this node has another film, or no time. Blocks for a second or two. */
    Optional<byte[]> segment(Wish wish) {
        try {
            Film film = films.acquire(wish.film());
            try {
                return film.id().size() == wish.size() && film.id().version().equals(wish.version())
                        ? pictures.segment(film.id(), wish.how(), wish.startUs(), wish.made(), PATIENCE_NS)
                        : Optional.empty();
            } finally {
                films.release(film, System.currentTimeMillis());
            }
        } catch (Refusal e) {
            LOG.log(Level.FINE, "Another node has a film that this one has not", e);
            return Optional.empty();
        } catch (IOException e) {
            LOG.log(Level.FINE, "A segment cannot be made for another node", e);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
