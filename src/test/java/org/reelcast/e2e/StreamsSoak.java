package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reelcast.e2e.harness.Await;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.LightViewer;
import org.reelcast.e2e.harness.NginxRtmp;
import org.reelcast.e2e.harness.RecorderPage;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.RestClient.Answer;
import org.reelcast.e2e.harness.SegmentPlayers;
import org.reelcast.e2e.harness.TestMedia;
import org.reelcast.mp4.write.Probe;
import org.reelcast.storage.s3.server.S3Server;
import org.reelcast.webrtc.client.ClientNetwork;

/**
 * Films of the disk and of a store, a camera, transcoders, a mixer whose inputs come and go, pushes, several sizes by HLS
 * and a recording, all at once for ten minutes, or {@code -Dsoak.minutes}: viewers of a plain broadcast beside them lose
 * no packet, all that is pushed arrives, and nothing grows. Run by {@code mvn verify -Psoak}.
 */
@E2e
class StreamsSoak {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int VIEWERS = 5;
    private static final Duration STEP = Duration.ofSeconds(5);

    private final SoakSeries heap = new SoakSeries("live heap, MB", 12);
    private final SoakSeries resident = new SoakSeries("resident, MB", 60);
    private final Chromium chromium;

    @TempDir
    private Path pushed;

    private RestClient rest;
    private StreamsOfStreams streams;
    private SegmentPlayers players;
    private int player;

    StreamsSoak(Chromium chromium) {
        this.chromium = chromium;
    }

    @Test
    void streamsOfStreams_takeNothingFromAPlainBroadcast_andNothingGrows(@TempDir Path folder) throws Exception {
        try (S3Server store = S3Server.start(folder)) {
            store.bucket("films");
            store.put("films", "heavy.mp4", TestMedia.heavy());
            try (ReelcastProcess server =
                            StreamsOfStreams.server("streams-soak", store).start();
                    NginxRtmp nginx = NginxRtmp.start(pushed);
                    ClientNetwork network = new ClientNetwork(1, List.of(7, 1))) {
                rest = new RestClient(server);
                streams = new StreamsOfStreams(rest);
                TestMedia.put(TestMedia.withBFrames(), server, "b-frames.mp4");
                TestMedia.put(TestMedia.lengthy(), server, "lengthy.mp4");
                streams.ok("/vod/startup", """
                        {"uri": "vod-live://lengthy.mp4", "localStreamName": "plain", "loop": true}""");
                List<LightViewer> plain = new ArrayList<>();
                for (int i = 0; i < VIEWERS; i++) {
                    plain.add(new LightViewer(network, server, "plain"));
                    plain.get(i).awaitPlaying();
                }
                run(server, network, nginx);
                leave(plain);
            }
        } finally {
            System.out.println(heap);
            System.out.println(resident);
        }
        assertAll(
                () -> assertTrue(heap.isFlat(), heap::toString),
                () -> assertTrue(resident.isFlat(), resident::toString));
    }

    private void run(ReelcastProcess server, ClientNetwork network, NginxRtmp nginx) throws Exception {
        streams.startFilm("b-frames.mp4");
        streams.startStored("films/heavy.mp4");
        try (RecorderPage camera = new RecorderPage(chromium, server, RecorderPage.BUNDLED, "StreamsSoak-camera");
                SegmentPlayers sizes = new SegmentPlayers(chromium, server, "StreamsSoak-hls")) {
            camera.start("camera");
            camera.awaitStatus("PUBLISHING", LIMIT);
            streams.startOthers();
            for (String name : StreamsOfStreams.PUSHED) {
                Answer answer = streams.push(name, nginx.url());
                assertEquals(200, answer.status(), answer.body());
            }
            List<LightViewer> watching = new ArrayList<>();
            for (String name : List.of("all", "all-small", "stored-small", "camera-small")) {
                watching.add(new LightViewer(network, server, name));
                watching.get(watching.size() - 1).awaitPlaying();
            }
            players = sizes;
            String sized = "/film-HLS-ABR-STREAM";
            player = players.open(server.http("/hls" + sized + sized + ".m3u8").toString(), Map.of("startLevel", 0));
            players.await(player, LIMIT, state -> state.frames() > 30);
            streams.record("/mixer/find_all", "mix", () -> assertPushesWhole(comeAndGo(server)));
            camera.stop();
            camera.awaitStatus("UNPUBLISHED", LIMIT);
            leave(watching);
        }
        streams.ok("/transcoder/terminate", "{\"uri\": \"transcoder://all\"}");
        streams.ok("/mixer/terminate", "{\"uri\": \"mixer://all\"}");
        for (String name : StreamsOfStreams.PUSHED) {
            Path arrived = nginx.recordings("rtmp_" + name).get(0);
            assertEquals("h264", Probe.stream(arrived, "v:0", "codec_name"), name);
            assertEquals("aac", Probe.stream(arrived, "a:0", "codec_name"), name);
        }
        Probe.decodesCleanly(server.home().resolve("records").resolve("mix.mp4"));
    }

    /** An input leaves and comes back, the player changes its size. @return how often */
    private int comeAndGo(ReelcastProcess server) {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(Long.getLong("soak.minutes", 10));
        List<String> inputs = List.of("stored-small", "film", "camera");
        int turns = 0;
        while (System.nanoTime() < end) {
            String input = inputs.get(turns % inputs.size());
            streams.unmix(input);
            Await.pause(STEP);
            streams.mix(input);
            players.resize(player, turns % 2 == 0 ? 640 : 426);
            Await.pause(STEP);
            sample(server.pid());
            turns++;
        }
        assertTrue(
                players.state(player).isWithoutError(),
                () -> players.state(player).toString());
        return turns;
    }

    private void sample(long pid) {
        try {
            heap.add(Soak.liveBytes(pid) / 1e6);
            resident.add(Soak.residentKb(pid) / 1e3);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertPushesWhole(int turns) {
        Answer found = rest.get("/push/find_all");
        assertEquals(StreamsOfStreams.PUSHED.size(), found.array().size(), found.body());
        for (JsonElement each : found.array()) {
            JsonObject push = each.getAsJsonObject();
            System.out.println(push.get("sourceStreamName") + ": " + push.get("framesSent") + " frames sent, "
                    + push.get("framesDropped") + " left out");
            assertEquals(1, push.get("connections").getAsInt(), push.toString());
            assertEquals(0, push.get("framesDropped").getAsInt(), push.toString());
            assertTrue(push.get("framesSent").getAsInt() > turns * STEP.toSeconds() * 20, push.toString());
        }
    }

    private static void leave(List<LightViewer> viewers) {
        long packets = 0;
        long missing = 0;
        for (LightViewer viewer : viewers) {
            viewer.stop();
            viewer.close();
            packets += viewer.video().packets() + viewer.audio().packets();
            missing += viewer.video().missing() + viewer.audio().missing();
        }
        System.out.println(packets + " packets, " + missing + " missing");
        assertEquals(0, missing, "packets lost of " + packets);
        assertTrue(packets > 0);
    }
}
