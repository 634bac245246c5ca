package org.reelcast.output.push;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.reelcast.codec.ffmpeg.RtmpAddress;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

/**
 * What is pushed where.
 *
 * @param streamName  of the stream here, or its URI
 * @param rtmpUrl     as it was given
 * @param isFullUrl   whether that holds the name of the stream there, too
 * @param remoteName  that name
 * @param host        of the server
 */
record PushTarget(
        String streamName, String rtmpUrl, boolean isFullUrl, String remoteName, String host, RtmpAddress address) {
    private static final int MAX_URL = 2048;
    /** IPv4 in any of the forms that C libraries read: names do not end with a number (RFC 1123 section 2.1). */
    private static final Pattern ADDRESS = Pattern.compile("(.*\\.)?(0[xX][0-9a-fA-F]*|[0-9]+)\\.?");

    /**
     * @param prefix of the remote name, where the URL is not the full one
     * @throws Refusal {@code Bad URI}
     */
    static PushTarget of(String streamName, String rtmpUrl, boolean isFullUrl, String prefix) throws Refusal {
        URI uri = parse(rtmpUrl);
        String path = uri.getRawPath().replaceAll("^/+|/+$", "");
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String application = path;
        String remoteName = prefix + encoded(streamName);
        if (isFullUrl) {
            int end = path.lastIndexOf('/');
            if (end < 1) {
                throw bad("A full RTMP URL is rtmp://host/application/name");
            }
            application = path.substring(0, end);
            remoteName = path.substring(end + 1) + query;
        } else if (path.isEmpty()) {
            throw bad("The RTMP URL has no application: it is rtmp://host/application");
        } else {
            application += query;
        }
        String server = uri.getScheme().toLowerCase(Locale.ROOT) + "://" + uri.getHost()
                + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
        return new PushTarget(
                streamName,
                rtmpUrl,
                isFullUrl,
                remoteName,
                uri.getHost(),
                new RtmpAddress(rtmpUrl, application, remoteName, server));
    }

    private static URI parse(String rtmpUrl) throws Refusal {
        try {
            URI uri = new URI(rtmpUrl);
            boolean known = "rtmp".equalsIgnoreCase(uri.getScheme()) || "rtmps".equalsIgnoreCase(uri.getScheme());
            if (!known || uri.getHost() == null || uri.getRawPath() == null || rtmpUrl.length() > MAX_URL) {
                throw bad("An RTMP URL is rtmp://host/application, or rtmps:// by TLS");
            }
            return uri;
        } catch (URISyntaxException e) {
            throw bad("The RTMP URL cannot be read: " + e.getReason());
        }
    }

    static Refusal bad(String sentence) {
        return new Refusal(StatusText.BAD_URI, sentence);
    }

    /** A slash would be one of the path. */
    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    /** What is connected to when the server is there; by TLS its name is needed, and its certificate says who it is. */
    RtmpAddress address(InetAddress place) {
        return isTls() ? address : address.at(place.getHostAddress());
    }

    /**
     * FFmpeg compares a certificate with the host's name, and with no address: any that is trusted would do for one.
     *
     * @throws Refusal when certificates are checked and the server is not named
     */
    void checkNamed() throws Refusal {
        if (isTls() && (host.startsWith("[") || ADDRESS.matcher(host).matches())) {
            throw bad("A certificate is checked by the name of its server: write that into the URL in place of " + host
                    + ", or set rtmps_verify=false");
        }
    }

    boolean isTls() {
        return address.server().startsWith("rtmps:");
    }

    boolean isSame(PushTarget other) {
        return streamName.equals(other.streamName) && rtmpUrl.equals(other.rtmpUrl);
    }
}
