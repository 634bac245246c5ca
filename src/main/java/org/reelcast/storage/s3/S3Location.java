package org.reelcast.storage.s3;

import static org.reelcast.refusal.StatusText.FILE_NOT_FOUND;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reelcast.refusal.Refusal;
import org.reelcast.storage.PercentDecoder;

/**
 * An object in S3 as a stream name gives it: {@code s3/bucket/key} in AWS, or {@code s3/https://host:port/bucket/key}
 * in any store. The key is percent-decoded once.
 *
 * @param endpoint the store; empty for AWS in the region of the settings
 * @param key      as it is in the store, without a slash in front
 */
public record S3Location(Optional<S3Endpoint> endpoint, String bucket, String key) {
    private static final String PREFIX = "s3/";
    private static final Pattern ADDRESS = Pattern.compile("(?i)(https?)://([^/]*)/(.*)", Pattern.DOTALL);
    /** Names that S3 has ever given, those before 2018 included. No ARNs: they would lead elsewhere. */
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]");

    private static final int MAX_KEY_BYTES = 1024;

    /** Whether a location is one in S3. */
    public static boolean isS3(String location) {
        return location.startsWith(PREFIX);
    }

    /**
     * @param location what stands behind {@code vod://}
     * @throws Refusal when it is none; what it says holds neither secrets nor control characters
     */
    public static S3Location parse(String location) throws Refusal {
        if (!isS3(location)) {
            throw refused(location, "does not start with s3/");
        }
        String rest = location.substring(PREFIX.length());
        Matcher address = ADDRESS.matcher(rest);
        if (!address.matches()) {
            if (rest.contains("://")) {
                throw refused(location, "is neither s3/bucket/key nor s3/https://host/bucket/key");
            }
            return of(location, Optional.empty(), rest);
        }
        if (address.group(2).indexOf('@') >= 0) {
            throw new Refusal(
                    FILE_NOT_FOUND,
                    "An S3 address with a user in front of the host is not taken; " + "set aws_s3_credentials instead");
        }
        if (rest.indexOf('?') >= 0 || rest.indexOf('#') >= 0) {
            throw new Refusal(
                    FILE_NOT_FOUND,
                    "An S3 address with a query or a fragment is not taken; write ? in a "
                            + "key as %3F and # as %23, and set aws_s3_credentials instead of signing addresses");
        }
        S3Endpoint endpoint = S3Endpoint.parse(address.group(1) + "://" + address.group(2))
                .orElseThrow(() -> refused(location, "names no host, or no port from 1 to 65535"));
        Optional<String> inFront = endpoint.awsBucket();
        String path = inFront.map(bucket -> bucket + "/").orElse("") + address.group(3);
        return of(location, Optional.of(endpoint.withoutBucket()), path);
    }

    private static S3Location of(String location, Optional<S3Endpoint> endpoint, String path) throws Refusal {
        int slash = path.indexOf('/');
        if (slash < 0) {
            throw refused(location, "names no object: write bucket/key");
        }
        String bucket = path.substring(0, slash);
        if (!BUCKET.matcher(bucket).matches() || bucket.contains("..")) {
            throw refused(location, "names no bucket as S3 has them");
        }
        String key = PercentDecoder.decode(path.substring(slash + 1))
                .orElseThrow(() -> refused(location, "is not percent-encoded UTF-8"));
        checkKey(location, key);
        return new S3Location(endpoint, bucket, key);
    }

    private static void checkKey(String location, String key) throws Refusal {
        if (key.isEmpty() || key.endsWith("/")) {
            throw refused(location, "names a folder, not an object");
        }
        if (key.getBytes(StandardCharsets.UTF_8).length > MAX_KEY_BYTES) {
            throw refused(location, "has a key of more than " + MAX_KEY_BYTES + " bytes");
        }
        if (key.chars().anyMatch(Character::isISOControl)) {
            throw refused(location, "has a control character in its key");
        }
        // proxies and some stores would walk them, so that another object is read than was signed for
        for (String segment : key.split("/", -1)) {
            if (segment.equals(".") || segment.equals("..")) {
                throw refused(location, "has a dot segment in its key");
            }
        }
    }

    private static Refusal refused(String location, String why) {
        String shortened = location.length() > 200 ? location.substring(0, 200) + "..." : location;
        return new Refusal(FILE_NOT_FOUND, "S3 name '" + shortened.replaceAll("\\p{Cntrl}", "?") + "' " + why);
    }

    /** For logs and as identity. */
    @Override
    public String toString() {
        return PREFIX + endpoint.map(store -> store + "/").orElse("") + bucket + "/" + key;
    }
}
