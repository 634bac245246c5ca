package org.reelcast.storage.s3;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.reelcast.config.Settings;
import org.reelcast.storage.ByteSource;
import org.reelcast.storage.s3.server.S3Server;

/** Settings for tests, and bytes to tell apart. */
final class S3TestFiles {

    private S3TestFiles() {}

    /** Quick to give up, trusting this machine, open to other stores. @param more key, value, ... on top of that */
    static S3Files open(Path cache, String... more) throws IOException {
        return new S3Files(settings(cache, more));
    }

    static Settings settings(Path cache, String... more) {
        Map<String, String> values = new HashMap<>(Map.of(
                "cache_dir", cache.toString(),
                "aws_s3_credentials", S3Server.CREDENTIALS,
                "s3_allowed_endpoints", "127.0.0.1,localhost",
                "s3_only_allowed_endpoints", "false",
                "s3_connect_timeout", "1000",
                "s3_read_timeout", "5000",
                "s3_retries", "3"));
        for (int i = 0; i < more.length; i += 2) {
            values.put(more[i], more[i + 1]);
        }
        return Settings.of(values);
    }

    static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static byte[] readAll(ByteSource source) throws IOException {
        byte[] all = new byte[(int) source.size()];
        int n = source.readFully(0, all, 0, all.length);
        return n == all.length ? all : java.util.Arrays.copyOf(all, n);
    }

    /** The name of film.mp4 in a store at that port of this machine. */
    static String film(int port) {
        return "s3/http://127.0.0.1:" + port + "/films/film.mp4";
    }

    /** The settings that ask for a way to read. */
    static String[] settings(S3Mode mode) {
        return mode == S3Mode.RANGES
                ? new String[0]
                : new String[] {"vod_mp4_container_new", Boolean.toString(mode == S3Mode.DOWNLOAD_WHILE_READ)};
    }
}
