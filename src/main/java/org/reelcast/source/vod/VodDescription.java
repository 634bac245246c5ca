package org.reelcast.source.vod;

import java.util.Optional;
import org.reelcast.stream.Holder;

/**
 * A VOD stream as REST shows it; the names are WCS's.
 *
 * @param localMediaSessionId a UUID
 * @param localStreamName     what viewers play it by; for a personal stream its URI
 * @param status              {@code PROCESSED_LOCAL}: the media is made on this server
 * @param record              whether it is being recorded
 * @param loop                whether it starts over at the end of the file
 * @param download            of a film that is not on this machine: how much of it is here; a field of our own
 * @param note                what a user should know about how it plays, one sentence; a field of our own
 */
public record VodDescription(String localMediaSessionId, String localStreamName, String uri, String status,
        boolean hasAudio, boolean hasVideo, boolean record, boolean loop, Optional<Download> download,
        Optional<String> note) {

    /** How much of a film is here. */
    public record Download(long bytes, long size) {
    }

    static VodDescription of(VodStream vod) {
        return new VodDescription(vod.stream().mediaSessionId(), vod.stream().name(), vod.uri().text(),
                "PROCESSED_LOCAL", vod.film().hasAudio(), vod.film().hasVideo(), isRecorded(vod), vod.isLooped(),
                vod.film().remote().map(source -> new Download(source.downloadedBytes(), source.size())),
                vod.film().note());
    }

    private static boolean isRecorded(VodStream vod) {
        return vod.stream().isHeldFor(Holder.RECORDING);
    }
}
