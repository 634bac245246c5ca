package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.e2e.harness.Await;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.NginxRtmp;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;

/** The commands of all how-tos that a test can run: {@link DocsIT} has those of the first steps. */
@E2e
class DocsMatrixIT {
    private static final Pattern ID = Pattern.compile("\"localMediaSessionId\":\"([^\"]+)\"");
    /** What the examples of REST name. */
    private static final String EXAMPLE_ID = "29ec3236-1093-42bb-88d6-d4ac37af3ac0";

    private static final String START =
            "{\"uri\":\"vod-live://lengthy.mp4\",\"localStreamName\":\"test\",\"loop\":true}";

    private final ReelcastProcess server;
    private final RestClient rest;

    @TempDir
    private Path folder;

    DocsMatrixIT(ReelcastProcess server) {
        this.server = server;
        this.rest = new RestClient(server);
    }

    @AfterEach
    void nothingIsLeft() {
        rest.post("/stream/terminate", "{}");
        rest.awaitNoStreams(Duration.ofSeconds(20));
    }

    /** The image that the examples lay on pictures. */
    private void putLogo() throws IOException {
        Path watermarks = Files.createDirectories(server.home().resolve("watermarks"));
        ImageIO.write(
                new BufferedImage(16, 16, BufferedImage.TYPE_INT_ARGB),
                "png",
                watermarks.resolve("logo.png").toFile());
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/rest.md", "docs/mixer.md", "docs/transcoder.md"})
    void callsOfRest_succeedWhileTheStreamTestPlays(String page) throws Exception {
        putLogo();
        for (String block : calls(page)) {
            if (rest.post("/vod/find", "{\"localStreamName\":\"test\"}").status() != 200
                    && !block.contains("\"localStreamName\":\"test\",")) {
                startTest();
            }
            run(block);
        }
    }

    @Test
    void callOfRest_pushesTheStreamTest() throws Exception {
        try (NginxRtmp nginx = NginxRtmp.start(folder)) {
            startTest();
            String block = calls("docs/push.md").get(0);
            run(block.replace("rtmp://server/live", nginx.url()));
            Await.until(
                    Duration.ofSeconds(20),
                    () -> !nginx.recordings("rtmp_test").isEmpty(),
                    () -> rest.get("/push/find_all").body());
        }
    }

    private static List<String> calls(String page) throws IOException {
        List<String> blocks = DocBlocks.of(page)
                .filter(block -> block.contains("curl") && !block.contains("terminate"))
                .toList();
        assertFalse(blocks.isEmpty(), page);
        return blocks;
    }

    private void startTest() {
        assertEquals(200, rest.post("/vod/startup", START).status());
    }

    private void run(String block) throws Exception {
        DocBlocks.run(
                folder,
                "set -e\n"
                        + block.replace("curl -i", "curl")
                                .replace("curl ", "curl -sSf ")
                                .replace(EXAMPLE_ID, sessionOfTest())
                                .replace("camera1", "test")
                                .replace(
                                        "localhost:8081",
                                        "localhost:" + server.ports().http()));
    }

    private String sessionOfTest() {
        Matcher id = ID.matcher(
                rest.post("/vod/find", "{\"localStreamName\":\"test\"}").body());
        return id.find() ? id.group(1) : EXAMPLE_ID;
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/install.md", "docs/move-from-wcs.md"})
    void pagesOfTheSdk_areUnpackedTwiceAsWellAsOnce(String page) throws Exception {
        String block = DocBlocks.of(page)
                .filter(each -> each.startsWith("npm pack"))
                .findFirst()
                .orElseThrow();
        for (int i = 0; i < 2; i++) {
            DocBlocks.run(folder, "set -e\n" + block);
            assertTrue(Files.exists(folder.resolve("client2/examples/demo/streaming/player/player.html")));
        }
        assertFalse(Files.exists(folder.resolve("client2/package")));
    }

    @Test
    void hookForRenewedCertificates_copiesThemForTheServerAlone() throws Exception {
        Path conf = Files.createDirectories(folder.resolve("conf"));
        Path renewed = Files.createDirectories(folder.resolve("renewed"));
        Files.writeString(renewed.resolve("fullchain.pem"), "chain");
        Files.writeString(renewed.resolve("privkey.pem"), "key");
        Path hook = folder.resolve("reelcast");
        Files.writeString(
                hook,
                publicServer("#!/bin/sh")
                        .replace("-o reelcast", "-o " + System.getProperty("user.name"))
                        .replace("/var/lib/reelcast/conf", conf.toString()));
        DocBlocks.run(
                folder,
                publicServer("chmod")
                        .replace("/etc/letsencrypt/renewal-hooks/deploy/reelcast", hook.toString())
                        .replace("/etc/letsencrypt/live/films.example.com", renewed.toString()));
        assertEquals("key", Files.readString(conf.resolve("privkey.pem")));
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(conf.resolve("privkey.pem"))));
    }

    private static String publicServer(String start) throws IOException {
        return DocBlocks.of("docs/public-server.md")
                .filter(block -> block.startsWith(start))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void unitForSystemd_isRight() throws Exception {
        Path unit = folder.resolve("reelcast.service");
        Files.writeString(
                unit,
                Files.readString(Path.of("server-config/reelcast.service"))
                        .replaceAll("(?m)^(User|Group)=.*$", "")
                        .replace(
                                "/opt/reelcast/reelcast.jar",
                                Path.of("target/reelcast.jar").toAbsolutePath().toString()));
        DocBlocks.run(folder, "! command -v systemd-analyze || systemd-analyze verify " + unit);
    }
}
