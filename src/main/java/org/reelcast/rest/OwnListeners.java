package org.reelcast.rest;

/** Whether the ports are reelcast.jar's own, and not an administrator's on an application server. */
public final class OwnListeners {
    /** Set by the launcher. */
    private static final String PROPERTY = "reelcast.listeners";

    private OwnListeners() {}

    public static boolean areOpen() {
        return Boolean.getBoolean(PROPERTY);
    }
}
