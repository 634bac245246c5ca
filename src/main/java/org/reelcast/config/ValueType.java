package org.reelcast.config;

import java.nio.file.Path;

/** What a {@link Setting} takes. Implementations are in {@link Types}. */
public interface ValueType<T> {

    /**
     * @param text trimmed; empty only when the setting has no default and is not set
     * @param home the folder that relative paths start from, absolute
     * @throws IllegalArgumentException when {@code text} is not one of {@link #allowed()}
     */
    T parse(String text, Path home);

    /** What is allowed, so that it fits behind "takes": e.g. {@code a whole number of ms from 0 to 60000}. */
    String allowed();

    /** Whether the value must never be printed. */
    default boolean isSecret() {
        return false;
    }
}
