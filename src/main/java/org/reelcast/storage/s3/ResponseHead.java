package org.reelcast.storage.s3;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * What a store says about the bytes that follow.
 *
 * @param start   the position of the first byte
 * @param total   the size of the whole object
 * @param version its ETag, else when it was last changed, else empty
 * @param etag    null when the store gives none
 * @param ranged  whether it heeded the range that was asked for
 */
record ResponseHead(long start, long total, String version, String etag, boolean ranged) {
    /** RFC 9110 section 14.4. */
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

    /** @throws IOException when it makes no sense */
    static ResponseHead of(GetObjectResponse response) throws IOException {
        String etag = response.eTag();
        String changed =
                response.lastModified() == null ? "" : response.lastModified().toString();
        String version = etag != null ? etag : changed;
        if (response.sdkHttpResponse().statusCode() != 206) {
            if (response.contentLength() == null) {
                throw new IOException("the store does not say how long the object is");
            }
            return new ResponseHead(0, response.contentLength(), version, etag, false);
        }
        Matcher range = CONTENT_RANGE.matcher(response.contentRange() == null ? "" : response.contentRange());
        if (!range.matches()) {
            throw new IOException("the store does not say which range of the object it sends");
        }
        return new ResponseHead(Long.parseLong(range.group(1)), Long.parseLong(range.group(3)), version, etag, true);
    }
}
