package org.reelcast.source.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.reelcast.cluster.Cluster;
import org.reelcast.cluster.OriginStreams;
import org.reelcast.loop.Admission;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.signalling.Message;
import org.reelcast.signalling.PublishRecorder;
import org.reelcast.signalling.StreamRequest;
import org.reelcast.signalling.TestClient;
import org.reelcast.stream.Streams;
import org.reelcast.webrtc.LoopbackTransport;
import org.reelcast.webrtc.client.ClientCamera;
import org.reelcast.webrtc.client.ClientNetwork;

/** What a publisher is told when its stream cannot be recorded. */
class PublicationTest {
    private static final int PACKET = 900;

    private final Streams streams = new Streams(Runnable::run);
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> logged = new LinkedBlockingQueue<>();

    private void publish(PublishRecorder recorder, Check check) throws Exception {
        try (LoopbackTransport loopback = LoopbackTransport.open(1);
                ClientNetwork network = new ClientNetwork(1, List.of(7, 1))) {
            Publishers publishers = new Publishers(
                    loopback.transport(),
                    streams,
                    new Admission(Optional::empty),
                    60_000,
                    Runnable::run,
                    128_000,
                    new OriginStreams(Cluster.alone("test"), Runnable::run));
            Message request = new Message(
                    "publishStream",
                    Message.JSON
                            .createObjectBuilder()
                            .add("mediaSessionId", "id")
                            .add("name", "camera")
                            .add("record", true)
                            .build());
            ClientCamera camera = new ClientCamera(network, true, true, 0, PACKET);
            new Publication(StreamRequest.of(request, new TestClient(told::add, logged::add)), publishers, recorder)
                    .start(camera.client().offer());
            check.of(publishers);
            camera.client().vanish();
        }
    }

    private interface Check {
        void of(Publishers publishers) throws InterruptedException;
    }

    @Test
    void whoseRecorderBreaks_hearsOfItOnce_andPublishesNothing() throws Exception {
        publish(
                (stream, client) -> {
                    throw new IllegalStateException("broken");
                },
                publishers -> {
                    String end = told.poll(10, TimeUnit.SECONDS);
                    assertTrue(end.contains("FAILED") && end.contains(StatusText.FAILED_BY_ERROR.text()), end);
                    assertEquals(List.of(), publishers.find(all -> true));
                    assertFalse(streams.isTaken("camera"));
                    assertEquals(0, told.size());
                });
    }

    @Test
    void whoseRecordingIsRefused_publishesAllTheSame() throws Exception {
        publish(
                (stream, client) -> {
                    throw new Refusal(StatusText.RECORDING_DISK_FULL, "no room");
                },
                publishers -> {
                    String answer = told.poll(10, TimeUnit.SECONDS);
                    assertTrue(answer.contains("setRemoteSDP"), answer);
                    assertEquals(1, publishers.find(all -> true).size());
                    assertEquals(List.of("camera is not recorded: no room"), List.copyOf(logged));
                });
    }
}
