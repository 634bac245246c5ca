package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.LightPublisher;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.mp4.index.SampleTable;
import org.reelcast.mp4.read.Movie;
import org.reelcast.storage.LocalFile;
import org.reelcast.webrtc.client.ClientNetwork;

/**
 * Thirty publishers of 1 Mbit/s at once, all recorded, on whatever machine this is. A measurement, run by hand:
 * {@code mvn verify -Dit.test=ManyPublishers}.
 */
@E2e
class ManyPublishers {
    private static final int COUNT = 30;
    private static final int SECONDS = 20;
    private static final int FRAME_BYTES = 5000;
    private static final int FRAMES_PER_SECOND = 25;

    private final ReelcastProcess server;

    ManyPublishers(Chromium chromium, ReelcastProcess server) {
        this.server = server;
    }

    /**
     * Fails unless the film holds each picture of the camera, from its first to its last one. Not by ffmpeg: a light
     * client's pictures are numbers.
     *
     * @return how many
     */
    static int assertWhole(Path film) throws IOException {
        try (LocalFile file = LocalFile.open(film)) {
            Movie movie = Movie.read(file);
            assertTrue(movie.audio().isPresent());
            SampleTable samples = movie.video().orElseThrow().samples();
            int first = number(file, samples, 0);
            for (int i = 0; i < samples.count(); i++) {
                assertEquals(first + i, number(file, samples, i), film::toString);
            }
            assertEquals(movie.durationUs() / 1e6 * FRAMES_PER_SECOND, samples.count(), 5, film::toString);
            return samples.count();
        }
    }

    /** What the last NAL unit of a sample says, see {@code ClientCamera}. */
    private static int number(LocalFile file, SampleTable samples, int sample) throws IOException {
        byte[] bytes = new byte[samples.size(sample)];
        file.read(samples.position(sample), bytes, 0, bytes.length);
        ByteBuffer units = ByteBuffer.wrap(bytes);
        int last = 0;
        while (units.hasRemaining()) {
            int length = units.getInt();
            last = units.position();
            units.position(last + length);
        }
        return units.getShort(last + 2) & 0xffff;
    }

    @Test
    void all_areRecordedWhole() throws Exception {
        List<LightPublisher> all = new ArrayList<>();
        try (ClientNetwork network = new ClientNetwork(1, List.of(7, 1))) {
            for (int i = 0; i < COUNT; i++) {
                all.add(new LightPublisher(network, server, "many" + i, FRAME_BYTES, ""));
                assertTrue(all.get(i).awaitPublishing());
            }
            Thread.sleep(SECONDS * 1000);
            List<String> names = new ArrayList<>();
            long beforeNs = System.nanoTime();
            for (LightPublisher publisher : all) {
                names.add(publisher.stop().text("recordName"));
            }
            System.out.printf("All stopped and finished after %d ms%n", (System.nanoTime() - beforeNs) / 1_000_000);
            for (int i = 0; i < COUNT; i++) {
                Path film = server.home().resolve("records").resolve(names.get(i));
                int pictures = assertWhole(film);
                System.out.printf("%2d: all of %d pictures%n", i, pictures);
                assertTrue(pictures > (SECONDS - 1) * FRAMES_PER_SECOND);
            }
            all.forEach(LightPublisher::close);
        }
    }
}
