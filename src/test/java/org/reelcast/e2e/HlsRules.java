package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.output.hls.playlist.ParsedPlaylist;
import org.reelcast.output.hls.playlist.ParsedPlaylist.Listed;
import org.reelcast.output.hls.playlist.PlaylistRules;
import org.reelcast.rendition.GeneratedMedia;

/**
 * Reads HLS of a running server as players do, and holds it against what Apple's validator and players' trackers want
 * of playlists, of segments and of HTTP.
 */
final class HlsRules {
    private static final String LIST_TYPE = "application/vnd.apple.mpegurl";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI base;

    HlsRules(ReelcastProcess server) {
        base = URI.create("http://localhost:" + server.ports().hls());
    }

    /** @param path with its leading slash, encoded */
    URI uri(String path) {
        return URI.create(base + path);
    }

    CompletableFuture<HttpResponse<byte[]>> later(URI uri, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(LIMIT);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** Whatever the answer is, a page of another origin can read it. Complaint 12. */
    HttpResponse<byte[]> get(URI uri, String... headers) {
        HttpResponse<byte[]> answer = later(uri, headers).join();
        assertEquals("*", header(answer, "Access-Control-Allow-Origin"), uri + " " + answer.statusCode());
        assertTrue(header(answer, "Access-Control-Expose-Headers").contains("Content-Range"), uri.toString());
        return answer;
    }

    private HttpResponse<byte[]> preflight(URI uri) {
        try {
            return http.send(
                    HttpRequest.newBuilder(uri)
                            .timeout(LIMIT)
                            .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    /** A playlist, compressed as players ask for it. */
    ParsedPlaylist list(URI uri) {
        HttpResponse<byte[]> plain = get(uri);
        assertEquals(200, plain.statusCode(), uri + " " + new String(plain.body(), StandardCharsets.UTF_8));
        assertEquals(LIST_TYPE, header(plain, "Content-Type"));
        assertTrue(header(plain, "Vary").contains("Accept-Encoding"));
        HttpResponse<byte[]> zipped = get(uri, "Accept-Encoding", "gzip");
        assertEquals("gzip", header(zipped, "Content-Encoding"));
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped.body()))) {
            return new ParsedPlaylist(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All rules of a live playlist, of its next state, and of all that it lists. @return the first */
    ParsedPlaylist assertLive(URI uri, Path folder) throws IOException {
        ParsedPlaylist list = list(uri);
        PlaylistRules.assertLive(list);
        assertTrue(header(get(uri), "Cache-Control").equals("no-cache"));
        assertMedia(uri, list, folder);
        ParsedPlaylist next = list.partTargetUs > 0 ? nextPart(uri, list) : list(uri);
        PlaylistRules.assertLive(next);
        PlaylistRules.assertFollows(list, next);
        assertEquals(204, preflight(uri).statusCode());
        return next;
    }

    /** Complaints 4, 7, 9: what is hinted comes, in the list and by itself, within a part's time. */
    private ParsedPlaylist nextPart(URI uri, ParsedPlaylist list) {
        String[] name = list.hint.split("[-.]");
        CompletableFuture<HttpResponse<byte[]>> hinted = later(uri.resolve(list.hint));
        HttpResponse<byte[]> held = get(URI.create(uri + "?_HLS_msn=" + name[1] + "&_HLS_part=" + name[2]));
        assertEquals(200, held.statusCode(), uri.toString());
        assertEquals("public, max-age=60", header(held, "Cache-Control"));
        ParsedPlaylist next = new ParsedPlaylist(new String(held.body(), StandardCharsets.UTF_8));
        assertTrue(next.uris().contains(list.hint), list.hint + " is not in " + next.text);
        assertEquals(200, hinted.join().statusCode());
        return next;
    }

    /** All rules of a whole film's playlist; the media of up to six of its segments. */
    ParsedPlaylist assertWhole(URI uri, Path folder) throws IOException {
        ParsedPlaylist list = list(uri);
        PlaylistRules.assertWhole(list);
        assertMedia(uri, list, folder);
        return list;
    }

    /** Complaint 28: players wait for nothing longer than for this, and some for ever. */
    private void assertInitSoon(URI uri) {
        long startNs = System.nanoTime();
        assertEquals(200, get(uri).statusCode());
        assertTrue(System.nanoTime() - startNs < 500_000_000L, uri + " came late");
    }

    private void assertMedia(URI uri, ParsedPlaylist list, Path folder) throws IOException {
        Map<String, byte[]> media = new HashMap<>();
        for (String each : list.uris()) {
            if (!each.equals(list.hint)) {
                HttpResponse<byte[]> answer = get(uri.resolve(each));
                assertEquals(200, answer.statusCode(), each);
                assertEquals(each.contains(".ts") ? "video/mp2t" : "video/mp4", header(answer, "Content-Type"));
                assertTrue(header(answer, "Cache-Control").contains("immutable"), each);
                assertEquals("", header(answer, "Content-Encoding"), "media is not compressed again");
                media.put(each, answer.body());
            }
        }
        if (!list.whole().get(0).map().isEmpty()) {
            assertInitSoon(uri.resolve(list.whole().get(0).map()));
        }
        String some = list.whole().get(0).uri();
        assertRanges(uri.resolve(some), media.get(some));
        for (Listed segment : list.segments) {
            if (!segment.parts().isEmpty() && !segment.uri().isEmpty()) {
                ByteArrayOutputStream parts = new ByteArrayOutputStream();
                segment.parts().forEach(part -> parts.writeBytes(media.get(part.uri())));
                assertArrayEquals(media.get(segment.uri()), parts.toByteArray(), "its parts are the segment");
            }
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(media.getOrDefault(list.whole().get(0).map(), new byte[0]));
        list.whole().forEach(segment -> all.writeBytes(media.get(segment.uri())));
        assertContinuous(
                list,
                Files.write(folder.resolve("segments" + (some.contains(".ts") ? ".ts" : ".mp4")), all.toByteArray()));
    }

    /** Complaint 29. */
    private void assertRanges(URI uri, byte[] whole) {
        HttpResponse<byte[]> part = get(uri, "Range", "bytes=10-109");
        assertEquals(206, part.statusCode());
        assertEquals("bytes 10-109/" + whole.length, header(part, "Content-Range"));
        assertArrayEquals(Arrays.copyOfRange(whole, 10, 110), part.body());
        HttpResponse<byte[]> end = get(uri, "Range", "bytes=-7");
        assertArrayEquals(Arrays.copyOfRange(whole, whole.length - 7, whole.length), end.body());
        HttpResponse<byte[]> beyond = get(uri, "Range", "bytes=" + whole.length + "-");
        assertEquals(416, beyond.statusCode());
        assertEquals("bytes */" + whole.length, header(beyond, "Content-Range"));
        assertEquals("no-store", header(beyond, "Cache-Control"));
        assertTrue(new String(beyond.body(), StandardCharsets.UTF_8).contains("range"), "no sentence");
    }

    /**
     * Each track's decode times grow without a gap, none is negative (complaint 23), and each segment begins with a key
     * frame where the playlist says.
     */
    private static void assertContinuous(ParsedPlaylist list, Path file) throws IOException {
        Map<Integer, List<double[]>> tracks = new HashMap<>();
        for (String line : GeneratedMedia.run(List.of(
                        "ffprobe",
                        "-v",
                        "error",
                        "-show_entries",
                        "packet=stream_index,pts_time,dts_time,flags",
                        "-of",
                        "csv=p=0",
                        file.toString()))
                .lines()
                .toList()) {
            String[] packet = line.split(",");
            if (packet.length >= 4) {
                tracks.computeIfAbsent(Integer.parseInt(packet[0]), any -> new ArrayList<>())
                        .add(new double[] {
                            Double.parseDouble(packet[1]),
                            Double.parseDouble(packet[2]),
                            packet[3].contains("K") ? 1 : 0
                        });
            }
        }
        for (List<double[]> packets : tracks.values()) {
            double usual = (packets.get(packets.size() - 1)[1] - packets.get(0)[1]) / (packets.size() - 1);
            assertTrue(packets.get(0)[1] >= 0, "decoded at " + packets.get(0)[1]);
            for (int i = 1; i < packets.size(); i++) {
                double step = packets.get(i)[1] - packets.get(i - 1)[1];
                assertTrue(
                        step > 0 && step < 1.9 * usual,
                        "a step of " + step + " s at " + packets.get(i)[1] + ", usually " + usual);
            }
        }
        assertTrue(
                tracks.values().stream()
                        .allMatch(packets ->
                                Math.abs(packets.get(0)[0] - tracks.get(0).get(0)[0]) < 0.1),
                "the first segment has both tracks from its start");
        double at = tracks.get(0).get(0)[0];
        for (Listed segment : list.whole()) {
            double start = at;
            assertTrue(
                    tracks.get(0).stream().anyMatch(packet -> Math.abs(packet[0] - start) < 0.012 && packet[2] == 1),
                    segment.uri() + " does not begin with a key frame at " + start);
            at += segment.durationUs() / 1e6;
        }
    }
}
