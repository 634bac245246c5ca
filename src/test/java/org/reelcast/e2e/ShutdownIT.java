package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.reelcast.e2e.harness.BesideOthers;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.TestMedia;
import org.reelcast.e2e.harness.Viewers;

/** A server's orderly end while two watch, and what it leaves to the next start. */
@BesideOthers
@E2e
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShutdownIT {
    /** 128 + SIGTERM, as the JVM ends when asked to; 0 where the server ends the JVM itself. */
    private static final List<Integer> ORDERLY = List.of(0, 143);

    private final Chromium chromium;
    private ReelcastProcess stopped;
    private List<Viewers.Status> ends;
    private int exitCode;

    ShutdownIT(Chromium chromium) {
        this.chromium = chromium;
    }

    @BeforeAll
    void stopWhileTwoWatch() throws Exception {
        try (ReelcastProcess server =
                        ReelcastProcess.builder("stopped").upSoon().start();
                Viewers viewers = new Viewers(chromium, server)) {
            stopped = server;
            TestMedia.put(TestMedia.lengthy(), server, "lengthy.mp4");
            int shared = viewers.play("vod-live://lengthy.mp4");
            int personal = viewers.play("vod://lengthy.mp4");
            CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(server::stop);
            ends = List.of(viewers.awaitStatus(shared, "STOPPED"), viewers.awaitStatus(personal, "STOPPED"));
            exitCode = exit.get();
        }
    }

    @Test
    void viewersAreToldWhy() {
        ends.forEach(end -> assertFalse(end.info().isBlank(), ends::toString));
    }

    @Test
    void processEndsInOrder() {
        assertTrue(ORDERLY.contains(exitCode), "exit code " + exitCode);
        assertFalse(stopped.log().contains("SEVERE"), stopped::lastWords);
    }

    @Test
    void portsAreFree() throws IOException {
        for (int port : new int[] {
            stopped.ports().ws(), stopped.ports().http(), stopped.ports().https()
        }) {
            new ServerSocket(port).close();
        }
    }

    @Test
    void badSetting_refusesToStartWithASentence() {
        try (ReelcastProcess server = ReelcastProcess.builder("bad-setting")
                .upSoon()
                .set("vod_stream_timeout", "soon")
                .launch()) {
            int exit = server.awaitExit(Duration.ofSeconds(60));
            assertTrue(exit != 0 && !ORDERLY.contains(exit), "exit code " + exit);
            assertTrue(server.log().contains("vod_stream_timeout=soon is not allowed"), server::lastWords);
        }
    }
}
