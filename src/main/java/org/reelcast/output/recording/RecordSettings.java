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
 * @param audioBitrate of stereo, bits a second
 */
record RecordSettings(Path folder, String template, Rotation rotation, Optional<Path> hook, long hookMs,
        long minFreeBytes, long maxBytes, int audioBitrate) {

    static RecordSettings of(Settings settings) {
        boolean byName = settings.get(Keys.STREAM_RECORD_POLICY).equals("streamName");
        return new RecordSettings(settings.get(Keys.RECORD_DIR).toAbsolutePath(),
                byName ? "{streamName}" : settings.get(Keys.STREAM_RECORD_POLICY_TEMPLATE),
                Rotation.parse(settings.get(Keys.RECORD_ROTATION)).orElse(Rotation.NEVER),
                settings.get(Keys.ON_RECORD_HOOK_SCRIPT), settings.get(Keys.ON_RECORD_HOOK_TIMEOUT),
                (long) settings.get(Keys.RECORD_MIN_FREE_MB) << 20, (long) settings.get(Keys.RECORD_MAX_MB) << 20,
                settings.get(Keys.RECORD_AUDIO_BITRATE) * 1000);
    }
}
