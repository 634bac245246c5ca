package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.LightPublisher;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.mp4.Movie;
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

    /** Not by ffmpeg: a light client's pictures are none. */
    private static Movie read(Path film) throws IOException {
        try (LocalFile file = LocalFile.open(film)) {
            return Movie.read(file);
        }
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
                Movie movie = read(film);
                int frames = movie.video().orElseThrow().samples().count();
                double seconds = movie.durationUs() / 1e6;
                System.out.printf("%2d: %d of %d frames, %.2f s%n", i, frames, all.get(i).camera().pictures(), seconds);
                assertTrue(seconds > SECONDS - 1);
                assertEquals(seconds * FRAMES_PER_SECOND, frames, FRAMES_PER_SECOND);
            }
            all.forEach(LightPublisher::close);
        }
    }
}
