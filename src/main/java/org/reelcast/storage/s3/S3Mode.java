package org.reelcast.storage.s3;

import org.reelcast.config.Keys;
import org.reelcast.config.Settings;

/** The three ways to get at an object's bytes. */
public enum S3Mode {
    /** All of it, then it is read: WCS's {@code vod_mp4_container_new=false}. */
    DOWNLOAD_FIRST,
    /** From start to end, while it is read: WCS's {@code vod_mp4_container_new=true}. */
    DOWNLOAD_WHILE_READ,
    /** What is read, and some ahead of it: when WCS's keys are not set. */
    RANGES;

    /** What the settings ask for. With the buffer's length alone the other key has its default, false. */
    public static S3Mode of(Settings settings) {
        if (!settings.isSet(Keys.VOD_MP4_CONTAINER_NEW) && !settings.isSet(Keys.VOD_MP4_CONTAINER_NEW_BUFFER_MS)) {
            return RANGES;
        }
        return settings.get(Keys.VOD_MP4_CONTAINER_NEW) ? DOWNLOAD_WHILE_READ : DOWNLOAD_FIRST;
    }
}
