package org.reelcast.mp4.read;

import org.reelcast.media.MediaKind;

/**
 * What a film says of one of its tracks of picture or sound.
 *
 * @param number   the {@code track_ID} (ISO 14496-12 section 8.3.2)
 * @param codec    {@code H264}, {@code AAC} or {@code Opus}, else in words what it is
 * @param language as a BCP 47 tag ({@code elng}) or by ISO 639-2/T ({@code mdhd}); {@code und} when it does not say
 * @param enabled  whether the file says that it is to be played
 * @param playable whether it could play
 * @param played   whether it is what plays
 */
public record TrackInfo(
        int number, MediaKind kind, String codec, String language, boolean enabled, boolean playable, boolean played) {}
