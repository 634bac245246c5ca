package org.reelcast.source.vod;

import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

/**
 * The name of a film as clients write it: {@code vod://folder/film.mp4} for one viewer, {@code vod-live://film.mp4} for
 * a broadcast.
 *
 * @param text     as written
 * @param live     whether many may watch together
 * @param location what stands behind the scheme: a path under {@code media_dir}
 */
public record VodUri(String text, boolean live, String location) {
    private static final String PERSONAL = "vod://";
    private static final String LIVE = "vod-live://";

    /** Whether {@code name} is a URI at all, and so not the plain name of a stream. */
    public static boolean isUri(String name) {
        return name.contains("://");
    }

    /**
     * @throws Refusal {@code Failed to get agent storage} for another scheme, {@code Bad URI} without a location
     */
    public static VodUri parse(String text) throws Refusal {
        boolean live = text.startsWith(LIVE);
        if (!live && !text.startsWith(PERSONAL)) {
            throw new Refusal(StatusText.FAILED_TO_GET_AGENT_STORAGE,
                    "'" + text + "' is neither vod:// nor vod-live://");
        }
        String location = text.substring((live ? LIVE : PERSONAL).length());
        if (location.isBlank()) {
            throw new Refusal(StatusText.BAD_URI, "'" + text + "' names no file");
        }
        return new VodUri(text, live, location);
    }
}
