package org.reelcast.output.hls.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.reelcast.loop.AnyThread;

/** An answer to a request, made once for all who ask the same. */
@AnyThread
public final class HlsAnswer {
    /** A live playlist. */
    public static final String LIVE = "no-cache";
    /** A playlist whose address asks for one state of it (rfc8216bis, delivery directives). */
    public static final String BLOCKED = "public, max-age=60";
    /** What describes a file, which may be replaced. */
    public static final String FILM = "public, max-age=10";

    static final String NEVER_CHANGES = "public, max-age=3600, immutable";
    static final String NOT_KEPT = "no-store";

    private final int status;
    private final String mediaType;
    private final List<byte[]> body;
    private final String cache;
    private final boolean text;
    private final List<Media.Held> memory;
    /** Made when the first one asks for it; text is small. */
    private volatile byte[] gzipped;

    private HlsAnswer(
            int status, String mediaType, List<byte[]> body, String cache, boolean text, List<Media.Held> memory) {
        this.status = status;
        this.mediaType = mediaType;
        this.body = body;
        this.cache = cache;
        this.text = text;
        this.memory = memory;
    }

    /** Media, which never changes. */
    public static HlsAnswer media(String mediaType, Media media) {
        return new HlsAnswer(200, mediaType, media.pieces(), NEVER_CHANGES, false, media.memory());
    }

    /** A playlist. @param cache the value of Cache-Control */
    public static HlsAnswer playlist(String mediaType, String text, String cache) {
        return new HlsAnswer(200, mediaType, List.of(text.getBytes(StandardCharsets.UTF_8)), cache, true, List.of());
    }

    /** What is wrong, in a sentence. */
    public static HlsAnswer refusal(int status, String sentence) {
        return new HlsAnswer(
                status,
                "text/plain; charset=utf-8",
                List.of((sentence + "\n").getBytes(StandardCharsets.UTF_8)),
                NOT_KEPT,
                false,
                List.of());
    }

    public int status() {
        return status;
    }

    public String mediaType() {
        return mediaType;
    }

    /** In pieces, which are not to be changed. */
    public List<byte[]> body() {
        return body;
    }

    /** What of the memory for media it keeps until it is sent. */
    List<Media.Held> memory() {
        return memory;
    }

    /** The value of Cache-Control. */
    public String cache() {
        return cache;
    }

    /** Whether it is sent compressed to those who take that: playlists are. */
    public boolean isText() {
        return text;
    }

    /** Another one when the body is another (RFC 9110 section 8.8.3). */
    String entityTag() {
        CRC32 sum = new CRC32();
        body.forEach(sum::update);
        return '"' + Long.toHexString(sum.getValue()) + '-' + Long.toHexString(size()) + '"';
    }

    /** The body, compressed once for all. */
    byte[] gzipped() {
        byte[] made = gzipped;
        if (made == null) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
                for (byte[] piece : body) {
                    zip.write(piece);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            made = out.toByteArray();
            gzipped = made;
        }
        return made;
    }

    /** Bytes of the body. */
    public long size() {
        return body.stream().mapToLong(piece -> piece.length).sum();
    }
}
