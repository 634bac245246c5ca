package org.reelcast.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;
import org.reelcast.config.SettingsException;

/**
 * Looks after the certificate while the server runs: files that are written anew are taken at once, as a certificate
 * authority's client leaves them every few weeks; this installation's own is renewed before its time is up; and the log
 * says when one is about to end.
 */
final class TlsWatch {
    private static final Logger LOG = Logger.getLogger(TlsWatch.class.getName());
    private static final long INTERVAL_MS = 60_000;
    private static final Duration SOON = Duration.ofDays(14);
    private static final Duration SAID_AGAIN = Duration.ofDays(1);

    private final Settings settings;
    private final Path work;
    private final ListenerKeys keys;
    private final InstantSource clock;
    private String taken;
    private X509Certificate certificate;
    private String failure = "";
    private Instant silentUntil = Instant.MIN;

    /**
     * @param work    a folder of this run
     * @param current the keys that the server starts with
     */
    TlsWatch(Settings settings, Path work, ListenerKeys keys, TlsKeystore current, InstantSource clock)
            throws GeneralSecurityException {
        this.settings = settings;
        this.work = work;
        this.keys = keys;
        this.clock = clock;
        this.taken = state();
        this.certificate = current.certificate();
    }

    /** Looks from now on, as long as the process lives. */
    void start() {
        Thread thread = new Thread(
                () -> {
                    try {
                        while (true) {
                            Thread.sleep(INTERVAL_MS);
                            lookAgain();
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "tls-watch");
        thread.setDaemon(true);
        thread.start();
    }

    /** Whatever fails, the next look may not. */
    private void lookAgain() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The certificate for TLS could not be looked at", e);
        }
    }

    /** Takes what has changed. */
    void look() {
        String now = state();
        boolean ownEnds = files().findAny().isEmpty() && TlsKeystore.isToBeRenewed(certificate, clock.instant());
        if (!now.equals(taken) || ownEnds) {
            take(now);
        }
        warn();
    }

    private void take(String state) {
        try {
            TlsKeystore next = TlsKeystore.prepare(settings, work, clock);
            keys.swap(next);
            certificate = next.certificate();
            taken = state;
            failure = "";
            silentUntil = Instant.MIN;
            LOG.info(() -> "New TLS connections get the certificate of " + certificate.getSubjectX500Principal()
                    + ", which lasts until " + certificate.getNotAfter().toInstant());
        } catch (SettingsException | GeneralSecurityException e) {
            // a pair of which only one is written yet, perhaps: it is looked at again
            if (!failure.equals(e.getMessage())) {
                failure = String.valueOf(e.getMessage());
                LOG.warning(() -> "The new certificate for TLS cannot be taken, the one before stays: " + failure);
            }
        }
    }

    private void warn() {
        Instant now = clock.instant();
        Instant end = certificate.getNotAfter().toInstant();
        if (now.isAfter(end.minus(SOON)) && now.isAfter(silentUntil)) {
            silentUntil = now.plus(SAID_AGAIN);
            LOG.log(Level.WARNING, "The certificate for TLS {0} at {1}: write a new one into its file", new Object[] {
                now.isAfter(end) ? "ended" : "ends", end
            });
        }
    }

    /** The user's own files. */
    private Stream<Path> files() {
        return Stream.of(
                        settings.get(Keys.TLS_KEYSTORE_FILE),
                        settings.get(Keys.TLS_CERTIFICATE_FILE),
                        settings.get(Keys.TLS_KEY_FILE))
                .flatMap(Optional::stream);
    }

    private String state() {
        List<String> states = files().map(file -> {
                    try {
                        return Files.size(file) + " " + Files.getLastModifiedTime(file) + " " + file.toRealPath();
                    } catch (IOException e) {
                        return "missing";
                    }
                })
                .toList();
        return String.join(", ", states);
    }
}
