package org.reelcast.codec.ffmpeg;

import java.net.URI;

/**
 * Where a stream goes by RTMP.
 *
 * @param url         {@code rtmp://} or {@code rtmps://}, with host, and user and password where there are such
 * @param application of the server that takes it, the path without its last part
 * @param playPath    name or key of the stream there
 * @param server      scheme, host and port, for sentences and for the server: what else is in the URL may be secret
 */
public record RtmpAddress(String url, String application, String playPath, String server) {

    /** The same server, connected to at that address, whatever its name stands for by then. */
    public RtmpAddress at(String place) {
        String authority = URI.create(url).getRawAuthority();
        String host = URI.create(url).getHost();
        int from = authority.indexOf('@') + 1;
        String literal = place.contains(":") ? "[" + place + "]" : place;
        String placed = authority.substring(0, from) + literal + authority.substring(from + host.length());
        int start = url.indexOf(authority);
        return new RtmpAddress(
                url.substring(0, start) + placed + url.substring(start + authority.length()),
                application,
                playPath,
                server);
    }
}
