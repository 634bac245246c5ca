package org.reelcast.vod;

/**
 * A VOD stream as REST shows it; the names are WCS's.
 *
 * @param localMediaSessionId a UUID
 * @param localStreamName     what viewers play it by; for a personal stream its URI
 * @param status              {@code PROCESSED_LOCAL}: the media is made on this server
 * @param record              whether it is being recorded
 * @param loop                whether it starts over at the end of the file
 */
public record VodDescription(String localMediaSessionId, String localStreamName, String uri, String status,
        boolean hasAudio, boolean hasVideo, boolean record, boolean loop) {

    static VodDescription of(VodStream vod) {
        return new VodDescription(vod.stream().mediaSessionId(), vod.stream().name(), vod.uri().text(),
                "PROCESSED_LOCAL", vod.film().audio().isPresent(), vod.film().video().isPresent(), false,
                vod.isLooped());
    }
}
