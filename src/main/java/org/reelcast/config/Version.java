package org.reelcast.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What this is, as the build has stamped it.
 *
 * @param number e.g. {@code 0.2.0}
 * @param commit of the sources, abbreviated; empty when they were no git repository
 */
public record Version(String number, String commit) {
    private static final Version OF_BUILD = read();

    public static Version ofBuild() {
        return OF_BUILD;
    }

    private static Version read() {
        Properties stamp = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            stamp.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Version(stamp.getProperty("version"), stamp.getProperty("commit"));
    }

    /** {@code Reelcast 0.2.0 (c501b6f)}. */
    @Override
    public String toString() {
        return "Reelcast " + number + (commit.isEmpty() ? "" : " (" + commit + ")");
    }
}
