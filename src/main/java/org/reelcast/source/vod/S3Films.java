package org.reelcast.source.vod;

import java.io.Closeable;
import java.io.IOException;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;
import org.reelcast.loop.Blocking;
import org.reelcast.mp4.read.FileLayout;
import org.reelcast.mp4.read.Movie;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.storage.ByteSource;
import org.reelcast.storage.RemoteSource;
import org.reelcast.storage.s3.S3Files;
import org.reelcast.storage.s3.S3Location;
import org.reelcast.storage.s3.S3Mode;

/** Films in S3: what is different about them from films in a folder. */
final class S3Films implements Closeable {
    private final S3Files files;
    private final boolean refusesIndexAtEnd;
    private final long bufferUs;
    private final boolean isSetUp;

    /** @throws IOException when a setting cannot be followed; the message is a sentence */
    S3Films(Settings settings) throws IOException {
        files = new S3Files(settings);
        isSetUp = settings.isSet(Keys.AWS_S3_CREDENTIALS)
                || settings.isSet(Keys.S3_ENDPOINT)
                || settings.isSet(Keys.S3_ALLOWED_ENDPOINTS);
        S3Mode mode = S3Mode.of(settings);
        String indexAtEnd = settings.get(Keys.VOD_S3_MOOV_AT_END);
        refusesIndexAtEnd =
                indexAtEnd.equals("refuse") || indexAtEnd.equals("auto") && mode == S3Mode.DOWNLOAD_WHILE_READ;
        bufferUs = mode == S3Mode.DOWNLOAD_WHILE_READ ? settings.get(Keys.VOD_MP4_CONTAINER_NEW_BUFFER_MS) * 1000L : 0;
    }

    /** Loads what is slow to load, if this server is set up for S3. */
    @Blocking
    void warmUp() {
        if (isSetUp) {
            files.warmUp();
        }
    }

    /** Whether a stream of that name plays a film from S3. */
    static boolean isS3(String name) {
        int scheme = name.indexOf("://");
        return scheme > 0 && S3Location.isS3(name.substring(scheme + 3));
    }

    /** Blocks until the store has answered. */
    RemoteSource open(String location, String client) throws Refusal {
        return files.open(location, client);
    }

    /**
     * Looks whether the film is laid out so that it may play.
     *
     * @throws Refusal when its index comes too late
     */
    @Blocking
    void checkLayout(ByteSource source) throws IOException {
        if (refusesIndexAtEnd && source instanceof RemoteSource && FileLayout.isIndexBehindData(source)) {
            throw Refusal.told(
                    StatusText.FILE_HAS_WRONG_FORMAT,
                    "the index (moov) comes "
                            + "after the data (mdat), so the film cannot play before it is downloaded. Put it first: "
                            + "ffmpeg -i bad.mp4 -acodec copy -vcodec copy -movflags +faststart good.mp4, "
                            + "or set vod_s3_moov_at_end=read");
        }
    }

    /** What must be in hand of it to play. */
    BufferGate reserve(ByteSource source, Movie movie) {
        return bufferUs > 0 && source instanceof RemoteSource remote
                ? new DownloadBufferGate(remote, movie, bufferUs)
                : BufferGate.NONE;
    }

    @Override
    public void close() {
        files.close();
    }
}
