package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.e2e.harness.BesideOthers;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.RestClient.Answer;
import org.reelcast.e2e.harness.TestMedia;
import org.reelcast.mp4.write.Probe;
import org.reelcast.mp4.write.Probe.Packet;

/** A film that is broadcast and recorded by REST is in the recording bit for bit, from a key frame on. */
@BesideOthers
@E2e
class RecordedFilmIT {
    private static final double SAMPLE = 1 / 44_100.0;

    private final ReelcastProcess server;
    private final RestClient rest;

    RecordedFilmIT(ReelcastProcess server) {
        this.server = server;
        rest = new RestClient(server);
    }

    @AfterEach
    void terminate() {
        rest.post("/vod/terminate", "{\"localStreamName\": \"recorded\"}");
        rest.awaitNoStreams(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void samplesAndTimes_areTheFilms(boolean bFrames) throws Exception {
        Path film = bFrames ? TestMedia.withBFrames() : TestMedia.flashAndBeep();
        String name = "recorded-" + (bFrames ? "b" : "plain");
        TestMedia.put(film, server, name + ".mp4");
        Path recorded = record(name);

        Probe.decodesCleanly(recorded);
        double startsAt = check("v:0", film, recorded, Double.NaN);
        assertEquals(startsAt, check("a:0", film, recorded, startsAt), SAMPLE);
        for (String stream : List.of("v:0", "a:0")) {
            String how = "codec_tag_string,profile,level,width,height,nal_length_size,sample_rate,channels";
            assertEquals(Probe.stream(film, stream, how), Probe.stream(recorded, stream, how));
        }
    }

    private Path record(String name) {
        String id = RecordingIT.start(rest, name + ".mp4", "recorded");
        Answer started = rest.post("/stream/startRecording", """
                {"mediaSessionId": "%s", "config": {"fileTemplate": "%s"}}""".formatted(id, name));
        assertEquals(200, started.status(), started.body());
        Path records = server.home().resolve("records");
        RecordingIT.awaitFragments(records.resolve(name + ".mp4.tmp"), 8);
        assertEquals(
                200, rest.post("/stream/stopRecording", RecordingIT.session(id)).status());
        return records.resolve(name + ".mp4");
    }

    /**
     * Checks that the packets are a run of the film's.
     *
     * @param startsAt where in the film the recording starts; unknown for the first track
     * @return the same, by this track's packets
     */
    private static double check(String stream, Path film, Path recorded, double startsAt) throws Exception {
        List<Packet> whole = Probe.packets(film, stream);
        List<Packet> run = Probe.packets(recorded, stream);
        assertTrue(run.size() > 30, run::toString);
        int first = find(whole, run, startsAt);
        assertTrue(first >= 0, () -> "not a run of the film's: " + run);
        assertTrue(whole.get(first).isKey());
        double offset = Double.NaN;
        for (int i = 0; i < run.size(); i++) {
            if (!run.get(i).isHidden()) {
                double by = whole.get(first + i).seconds() - run.get(i).seconds();
                offset = Double.isNaN(offset) ? by : offset;
                assertEquals(offset, by, SAMPLE);
            }
        }
        return offset;
    }

    /** Silence looks alike everywhere: of several places that of which the time fits. */
    private static int find(List<Packet> whole, List<Packet> run, double startsAt) {
        List<String> hashes = whole.stream().map(Packet::hash).toList();
        List<String> wanted = run.stream().map(Packet::hash).toList();
        int heard = (int) run.stream().takeWhile(Packet::isHidden).count();
        int found = -1;
        for (int at = Collections.indexOfSubList(hashes, wanted); at >= 0; ) {
            double by = whole.get(at + heard).seconds() - run.get(heard).seconds();
            if (Double.isNaN(startsAt) || found < 0 || Math.abs(by - startsAt) < SAMPLE) {
                found = at;
            }
            int next = Collections.indexOfSubList(hashes.subList(at + 1, hashes.size()), wanted);
            at = next < 0 ? -1 : at + 1 + next;
        }
        return found;
    }
}
