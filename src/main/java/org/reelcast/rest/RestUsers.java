package org.reelcast.rest;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.config.PasswordHash;
import org.reelcast.config.UsersFile;
import org.reelcast.loop.AnyThread;
import org.reelcast.sharing.AddressLimit;

/**
 * Who may call REST by name and password (HTTP's Basic, RFC 7617). A password is worked at once and remembered as long
 * as the file is the same; wrong ones are few for an address, and few are worked at at a time.
 */
@AnyThread
final class RestUsers {
    private static final Logger LOG = Logger.getLogger(RestUsers.class.getName());
    private static final String BASIC = "basic ";
    private static final int LONGEST = 1_000;
    private static final int MOST_KNOWN = 100;
    private static final int MOST_ADDRESSES = 10_000;
    /** Of an address within {@link #WINDOW_MS}. */
    private static final int MOST_WRONG = 10;

    private static final long WINDOW_MS = 60_000;
    private static final long LOOK_MS = 1_000;

    private final Path path;
    private final LongSupplier nowMs;
    private final Semaphore atWork =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    /** Guarded by this, as all below. */
    private final Map<String, Boolean> known = bounded(MOST_KNOWN);

    private final Map<ByteBuffer, Wrong> wrong = bounded(MOST_ADDRESSES);
    private Map<String, PasswordHash> users = Map.of();
    private String version = "";
    private long lookedMs = Long.MIN_VALUE;

    /** @param count since {@code sinceMs} */
    private record Wrong(int count, long sinceMs) {}

    enum Verdict {
        WELCOME,
        UNKNOWN,
        TOO_MANY
    }

    /** @param nowMs any clock */
    RestUsers(Path path, LongSupplier nowMs) {
        this.path = path;
        this.nowMs = nowMs;
        look();
        if (users.isEmpty()) {
            LOG.warning("disable_rest_auth=false and there are no users in " + path + ": REST answers 401 to all. "
                    + "Add one by java -jar reelcast.jar user add NAME");
        }
    }

    private static <K, T> Map<K, T> bounded(int most) {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, T> eldest) {
                return size() > most;
            }
        };
    }

    /** @param authorization the header; null when there is none @param address of the client */
    Verdict check(String authorization, InetAddress address) {
        ByteBuffer owner = AddressLimit.network(address);
        if (authorization == null
                || authorization.length() > LONGEST
                || !authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return Verdict.UNKNOWN;
        }
        String digest = digest(authorization);
        PasswordHash hash;
        String[] given = decode(authorization.substring(BASIC.length()).strip());
        synchronized (this) {
            look();
            if (known.containsKey(digest)) {
                return Verdict.WELCOME;
            }
            if (isTired(owner)) {
                return Verdict.TOO_MANY;
            }
            hash = users.getOrDefault(given[0], PasswordHash.OF_NOBODY);
        }
        if (!atWork.tryAcquire()) {
            return Verdict.TOO_MANY;
        }
        boolean right;
        try {
            right = hash.matches(given[1]) && hash != PasswordHash.OF_NOBODY;
        } finally {
            atWork.release();
        }
        synchronized (this) {
            if (right && users.get(given[0]) == hash) {
                known.put(digest, true);
                return Verdict.WELCOME;
            }
            long now = nowMs.getAsLong();
            wrong.merge(
                    owner,
                    new Wrong(1, now),
                    (before, one) ->
                            now - before.sinceMs() > WINDOW_MS ? one : new Wrong(before.count() + 1, before.sinceMs()));
            return Verdict.UNKNOWN;
        }
    }

    private boolean isTired(ByteBuffer owner) {
        Wrong before = wrong.get(owner);
        return before != null && before.count() >= MOST_WRONG && nowMs.getAsLong() - before.sinceMs() <= WINDOW_MS;
    }

    /** Takes the file as it is now, at most once a second. */
    private synchronized void look() {
        long now = nowMs.getAsLong();
        if (lookedMs != Long.MIN_VALUE && now - lookedMs < LOOK_MS) {
            return;
        }
        lookedMs = now;
        try {
            String found = Files.exists(path) ? Files.getLastModifiedTime(path) + " " + Files.size(path) : "";
            if (!found.equals(version)) {
                version = found;
                known.clear();
                users = new UsersFile(path).read();
            }
        } catch (IOException e) {
            users = Map.of();
            LOG.log(Level.WARNING, "REST answers 401 to all: {0}", e.getMessage());
        }
    }

    /** Name and password; empty ones when it is neither. */
    private static String[] decode(String base64) {
        try {
            String both = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            int colon = both.indexOf(':');
            return colon < 0
                    ? new String[] {"", ""}
                    : new String[] {both.substring(0, colon), both.substring(colon + 1)};
        } catch (IllegalArgumentException e) {
            return new String[] {"", ""};
        }
    }

    /** No password stays in memory. */
    private static String digest(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
