package org.reelcast.config;

/**
 * One key of {@code flashphoner.properties}. The constants are in {@link Keys}.
 *
 * @param name        as in the file, e.g. {@code vod_live_loop} or {@code http.port}
 * @param section     heading under which the file and the docs show it
 * @param type        what it takes and what comes out
 * @param defaultText the default as one would write it in the file; empty when there is none
 * @param doc         what it does, one line, for file and docs
 */
public record Setting<T>(String name, String section, ValueType<T> type, String defaultText, String doc) {

    /** The environment variable that overrides this key. */
    public String environmentName() {
        return "REELCAST_" + name.replace('.', '_').toUpperCase(java.util.Locale.ROOT);
    }

    @Override
    public String toString() {
        return name;
    }
}
