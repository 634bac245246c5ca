package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.ForeignSite;
import org.reelcast.e2e.harness.MeasuredPage;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.TestMedia;
import org.reelcast.e2e.harness.TrustingTls;
import org.reelcast.rendition.GeneratedMedia;

/** The ways of three people from README on, each with a server that was started in an empty folder, all ports changed. */
@E2e
class NewcomersMatrixIT {
    private static final Pattern ADDRESS = Pattern.compile("Reelcast is ready.*?(http://[^ ,]+/)");
    private static final LocatorAssertions.HasAttributeOptions SOON =
            new LocatorAssertions.HasAttributeOptions().setTimeout(60_000);

    private final Chromium chromium;

    NewcomersMatrixIT(Chromium chromium) {
        this.chromium = chromium;
    }

    /** As users have it: all addresses of the machine. */
    private static ReelcastProcess.Builder server(String name) {
        return ReelcastProcess.builder(name)
                .upSoon()
                .set("listen_address", "0.0.0.0")
                .set("ip", "")
                .set("ip_local", "")
                // a machine whose only address is a public one asks itself from there
                .set("vod_list", "always");
    }

    /** What README tells to open on a phone. */
    private static String addressForPhones(ReelcastProcess server) {
        Matcher address = ADDRESS.matcher(server.log());
        assertTrue(address.find(), server::lastWords);
        return address.group(1);
    }

    /** What somebody has who never thought of codecs. */
    private static Map<String, Path> collection() {
        Map<String, Path> films = new LinkedHashMap<>();
        films.put("Der große Film (2019) – Teil 1.mp4", TestMedia.brief());
        films.put("holidays/2024/with B-frames.mp4", TestMedia.withBFrames());
        films.put(
                "Matroska.mkv",
                GeneratedMedia.make("newcomer.mkv", "-i", TestMedia.brief().toString(), "-c", "copy"));
        films.put(
                "from a phone.mov",
                GeneratedMedia.make(
                        "newcomer.mov",
                        "-i",
                        TestMedia.brief().toString(),
                        "-c:v",
                        "libx265",
                        "-x265-params",
                        "log-level=none",
                        "-tag:v",
                        "hvc1",
                        "-c:a",
                        "aac"));
        films.put(
                "AC-3.mp4",
                GeneratedMedia.make("newcomer.mp4", "-i", TestMedia.brief().toString(), "-c:v", "copy", "-c:a", "ac3"));
        films.put(
                "web.webm",
                GeneratedMedia.make(
                        "newcomer.webm",
                        "-i",
                        TestMedia.brief().toString(),
                        "-c:v",
                        "libvpx-vp9",
                        "-deadline",
                        "realtime",
                        "-cpu-used",
                        "8",
                        "-c:a",
                        "libopus"));
        return films;
    }

    @Test
    void filmsOfACollection_playOnAPhone_andThoseThatCannotSayWhy() {
        try (ReelcastProcess server = server("newcomer-phone").start();
                MeasuredPage phone = chromium.openPhone("newcomer-phone")) {
            collection().forEach((name, film) -> TestMedia.put(film, server, name));
            TestMedia.put(TestMedia.truncatedBeforeIndex(), server, "cut off.mp4");
            TestMedia.put(TestMedia.empty(), server, "empty.mp4");
            Page page = phone.page();
            page.navigate(addressForPhones(server));
            phone.screenshot("first");
            page.locator("#bigPlay").tap();
            awaitState(page, "playing");
            phone.screenshot("sample");
            collection().keySet().forEach(name -> {
                choose(page, name);
                awaitState(page, "playing");
                page.waitForFunction("() => document.querySelector('#remoteVideo video')?.currentTime > 1");
                assertTrue(phone.newestPeer().framesDecoded() > 5, name);
                assertTrue(phone.newestPeer().audioEnergy() > 0, name + " is silent");
                assertEquals("", page.locator("#remark").textContent(), name);
            });
            for (String name : List.of("cut off.mp4", "empty.mp4")) {
                choose(page, name);
                awaitState(page, "failed");
                phone.screenshot(name);
                assertTrue(page.locator("#adviceText").textContent().length() > 40, name);
            }
            assertEquals(List.of(), phone.scriptErrors());
        }
    }

    private static void choose(Page page, String name) {
        page.locator("#filmsSearch").fill(name);
        Locator film = page.locator("#films li button", new Page.LocatorOptions().setHasText(name));
        film.tap();
        PlaywrightAssertions.assertThat(page.locator("#streamName")).hasValue("vod://" + name);
    }

    @Test
    void pagesOfWcs_areUnpackedAsTheDocsSay_andPlayHereAndInTheNetwork() throws Exception {
        try (ReelcastProcess server = server("newcomer-developer").start()) {
            DocBlocks.run(
                    server.home(),
                    "set -e\n"
                            + DocBlocks.of("docs/move-from-wcs.md")
                                    .filter(block -> block.startsWith("npm pack"))
                                    .findFirst()
                                    .orElseThrow());
            String inTheNetwork = addressForPhones(server);
            for (String base : List.of(server.http("/").toString(), inTheNetwork)) {
                try (MeasuredPage measured = chromium.open("newcomer-developer")) {
                    Page page = measured.page();
                    page.navigate(base + "client2/examples/demo/streaming/player/player.html");
                    page.locator("#url")
                            .fill("ws://" + URI.create(base).getHost() + ":"
                                    + server.ports().ws());
                    page.locator("#streamName").fill("vod://sample.mp4");
                    page.locator("#playBtn").click();
                    PlaywrightAssertions.assertThat(page.locator("#status")).hasText("PLAYING");
                    page.waitForFunction("() => document.querySelector('#remoteVideo video').currentTime > 1");
                }
            }
        }
    }

    @Test
    void aPageOfClassicScripts_ofAnotherOrigin_plays() throws IOException {
        try (ReelcastProcess server = server("newcomer-classic").start();
                ForeignSite site = new ForeignSite();
                MeasuredPage measured = chromium.open("newcomer-classic")) {
            site.serve("""
                    <div id="film" style="width: 320px; height: 180px"></div>
                    <script src="%s"></script>
                    <script>
                      addEventListener('load', () => {
                        const {SESSION_STATUS} = Flashphoner.constants;
                        Flashphoner.createSession({urlServer: '%s'}).on(SESSION_STATUS.ESTABLISHED, (session) =>
                          session.createStream({name: 'vod://sample.mp4', display: document.getElementById('film')}).play());
                      });
                    </script>""".formatted(
                            server.http("/sdk/classic.js"),
                            server.http("/ws").toString().replace("http:", "ws:")));
            measured.page().navigate(site.url());
            measured.page().waitForFunction("() => document.querySelector('#film video')?.videoWidth === 960");
            assertEquals(List.of(), measured.scriptErrors());
        }
    }

    @Test
    void anOperator_restoresABackupElsewhere(@TempDir Path elsewhere) throws Exception {
        X509Certificate certificate;
        try (ReelcastProcess first = server("newcomer-operator").start()) {
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(first.home().resolve("conf/reelcast.p12"))));
            certificate = TrustingTls.certificate(first.ports().https());
            Files.createDirectories(first.home().resolve("records"));
            Files.copy(TestMedia.brief(), first.home().resolve("records/saved.mp4"));
            for (String folder : List.of("conf", "media", "records")) {
                copy(first.home().resolve(folder), elsewhere.resolve(folder));
            }
        }
        try (ReelcastProcess second = server("newcomer-operator").in(elsewhere).start();
                MeasuredPage measured = chromium.openTrusting("newcomer-operator")) {
            assertEquals(certificate, TrustingTls.certificate(second.ports().https()));
            Page page = measured.page();
            page.navigate("https://localhost:" + second.ports().https() + "/?streamName=vod://saved.mp4&autoplay=true");
            awaitState(page, "playing");
            assertEquals(
                    200,
                    HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(second.http("/client/records/saved.mp4"))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode());
            page.navigate("about:blank");
            new RestClient(second).awaitNoStreams(Duration.ofSeconds(20));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Files.copy(each, to.resolve(from.relativize(each).toString()));
            }
        }
    }

    private static void awaitState(Page page, String state) {
        PlaywrightAssertions.assertThat(page.locator("#stage")).hasAttribute("data-state", state, SOON);
    }
}
