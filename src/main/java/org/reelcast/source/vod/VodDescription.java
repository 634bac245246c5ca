package org.reelcast.source.vod;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.reelcast.mp4.read.TrackInfo;
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
 * @param position            what it shows; fields of our own
 * @param tracks              that the film has; a field of our own
 */
public record VodDescription(
        String localMediaSessionId,
        String localStreamName,
        String uri,
        String status,
        boolean hasAudio,
        boolean hasVideo,
        boolean record,
        boolean loop,
        Optional<Download> download,
        Optional<String> note,
        Position position,
        List<TrackInfo> tracks) {

    /** How much of a film is here. */
    public record Download(long bytes, long size) {}

    /**
     * What is shown.
     *
     * @param seconds   from the beginning of the film; of a looped one from that of the present pass
     * @param length    of the film in seconds; empty while that is not known
     * @param startTime when its beginning was or will be shown, in ms since 1970: started with this, a broadcast shows
     *                  the same; empty before that is settled
     */
    public record Position(double seconds, OptionalDouble length, OptionalLong startTime) {

        static Position of(VodStream vod) {
            long lengthUs = vod.film().isEndKnown() ? vod.film().durationUs() : 0;
            long us = vod.positionUs();
            return new Position(
                    seconds(vod.isLooped() && lengthUs > 0 ? us % lengthUs : us),
                    lengthUs > 0 ? OptionalDouble.of(seconds(lengthUs)) : OptionalDouble.empty(),
                    vod.timeline().stream()
                            .mapToLong(timeline -> timeline.whenDueUs(0) / 1000)
                            .findFirst());
        }

        /** Of whole milliseconds. */
        private static double seconds(long us) {
            return us / 1000 / 1000.0;
        }
    }

    static VodDescription of(VodStream vod) {
        return new VodDescription(
                vod.stream().mediaSessionId(),
                vod.stream().name(),
                vod.uri().text(),
                "PROCESSED_LOCAL",
                vod.film().hasAudio(),
                vod.film().hasVideo(),
                isRecorded(vod),
                vod.isLooped(),
                vod.film().remote().map(source -> new Download(source.downloadedBytes(), source.size())),
                vod.note(),
                Position.of(vod),
                vod.film().facts().tracks());
    }

    private static boolean isRecorded(VodStream vod) {
        return vod.stream().isHeldFor(Holder.RECORDING);
    }
}
