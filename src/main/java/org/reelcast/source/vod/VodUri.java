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
    /** Scheme of a film for one viewer. */
    static final String PERSONAL = "vod";
    /** Scheme of a broadcast. */
    static final String LIVE = "vod-live";

    private static final String SCHEME_END = "://";

    /**
     * @throws Refusal {@code Failed to get agent storage} for another scheme, {@code Bad URI} without a location
     */
    public static VodUri parse(String text) throws Refusal {
        int end = Math.max(0, text.indexOf(SCHEME_END));
        String scheme = text.substring(0, end);
        if (!scheme.equals(LIVE) && !scheme.equals(PERSONAL)) {
            throw new Refusal(
                    StatusText.FAILED_TO_GET_AGENT_STORAGE, "'" + text + "' is neither vod:// nor vod-live://");
        }
        String location = text.substring(end + SCHEME_END.length());
        if (location.isBlank()) {
            throw new Refusal(StatusText.BAD_URI, "'" + text + "' names no file");
        }
        return new VodUri(text, scheme.equals(LIVE), location);
    }
}
