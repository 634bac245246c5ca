package org.reelcast.output.recording;

import java.nio.file.Path;
import java.util.Optional;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;

/**
 * The settings that recording goes by.
 *
 * @param template     of file names
 * @param hook         script to run after each file
 * @param hookMs       how long it may run
 * @param minFreeBytes room that is left on the disk
 * @param maxBytes     that recordings may have together, 0 = half of the disk
 * @param maxAgeMs     after which films are deleted, 0 = never
 * @param maxUs        how long a recording may be
 * @param mostOfOne    recordings of one address in progress, 0 = no limit
 * @param audioBitrate of stereo, bits a second
 */
record RecordSettings(
        Path folder,
        String template,
        Rotation rotation,
        Optional<Path> hook,
        long hookMs,
        long minFreeBytes,
        long maxBytes,
        long maxAgeMs,
        long maxUs,
        int mostOfOne,
        int audioBitrate) {
    private static final long HOUR_MS = 3_600_000;
    private static final long SECOND_US = 1_000_000;

    static RecordSettings of(Settings settings) {
        boolean byName = settings.get(Keys.STREAM_RECORD_POLICY).equals("streamName");
        return new RecordSettings(
                settings.get(Keys.RECORD_DIR).toAbsolutePath(),
                byName ? "{streamName}" : settings.get(Keys.STREAM_RECORD_POLICY_TEMPLATE),
                Rotation.parse(settings.get(Keys.RECORD_ROTATION)).orElse(Rotation.NEVER),
                settings.get(Keys.ON_RECORD_HOOK_SCRIPT),
                settings.get(Keys.ON_RECORD_HOOK_TIMEOUT),
                (long) settings.get(Keys.RECORD_MIN_FREE_MB) << 20,
                (long) settings.get(Keys.RECORD_MAX_MB) << 20,
                settings.get(Keys.RECORD_MAX_AGE) * HOUR_MS,
                settings.get(Keys.RECORD_MAX_SECONDS) == 0
                        ? Long.MAX_VALUE
                        : settings.get(Keys.RECORD_MAX_SECONDS) * SECOND_US,
                settings.get(Keys.RECORD_MAX_PER_CLIENT),
                settings.get(Keys.RECORD_AUDIO_BITRATE) * 1000);
    }
}
