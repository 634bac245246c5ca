package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reelcast.e2e.harness.Await;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.MeasuredPage;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;

/** What the pages make of odd names, a huge folder, a disk; the units of it are in {@code src/test/js}. */
@E2e
class PagesBadInputMatrixIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final LocatorAssertions.HasAttributeOptions SOON =
            new LocatorAssertions.HasAttributeOptions().setTimeout(LIMIT.toMillis());

    private final Chromium chromium;
    private final ReelcastProcess server;

    PagesBadInputMatrixIT(Chromium chromium, ReelcastProcess server) {
        this.chromium = chromium;
        this.server = server;
    }

    @AfterEach
    void nothingIsLeft() {
        new RestClient(server).awaitNoStreams(LIMIT);
    }

    private static void awaitState(Locator stage, String state) {
        PlaywrightAssertions.assertThat(stage).hasAttribute("data-state", state, SOON);
    }

    @Test
    void aPageThatIsOpenedFromADisk_saysWhereToOpenIt() {
        try (MeasuredPage measured = chromium.open("from-disk")) {
            Page page = measured.page();
            page.navigate(Path.of("webapp", "index.html").toUri().toString());
            PlaywrightAssertions.assertThat(page.locator("#late"))
                    .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(10_000));
            assertTrue(page.locator("#late").textContent().contains("http://localhost:8081/"));
            page.navigate(server.http("/").toString());
            PlaywrightAssertions.assertThat(page.locator("#late")).isHidden();
        }
    }

    /** As people, search engines and attackers write them into links. */
    private static List<String> badNames() {
        return List.of(
                "vod://<img src=x onerror=window.hurt=true>.mp4",
                "\"><script>window.hurt=true</script>",
                "vod://\u05e1\u05e8\u05d8 \u202e4pm.live\u202c.mp4",
                "vod://" + "x".repeat(4000) + ".mp4",
                "y".repeat(4000),
                "vod://..%2f..%2fetc%2fpasswd",
                "vod://" + "\ud83c\udfac".repeat(30));
    }

    @Test
    void badNames_areExplainedOnANarrowPage_andNobodyElseNotices() {
        int logged = server.log().length();
        try (MeasuredPage other = chromium.open("other");
                MeasuredPage measured = chromium.open("bad-names")) {
            other.page()
                    .navigate(server.http("/?streamName=vod://lengthy.mp4&autoplay=true")
                            .toString());
            awaitState(other.page().locator("#stage"), "playing");
            Page page = measured.page();
            page.setViewportSize(320, 640);
            for (String name : badNames()) {
                page.navigate(
                        server.http("/?autoplay=true&streamName=" + URLEncoder.encode(name, StandardCharsets.UTF_8))
                                .toString());
                awaitState(page.locator("#stage"), "failed");
                assertEquals(true, page.evaluate("window.hurt === undefined"), name);
                assertEquals(
                        true, page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "too wide: " + name);
                assertTrue(page.locator("#adviceText").textContent().length() > 20, name);
                measured.screenshot("name-" + badNames().indexOf(name));
            }
            assertUndisturbed(other);
        }
        String log = server.log().substring(logged);
        assertTrue(log.lines().allMatch(line -> line.length() < 1500 && line.indexOf('\u202e') < 0), log);
    }

    @Test
    void aBlankName_isRefusedAtTheField() {
        try (MeasuredPage measured = chromium.open("blank")) {
            Page page = measured.page();
            page.navigate(server.http("/?streamName=%20%20&autoplay=true").toString());
            page.locator("#streamName").fill("   ");
            page.locator("#playBtn").click();
            assertEquals("idle", page.locator("#stage").getAttribute("data-state"));
            assertEquals(
                    "Type the name of a film or stream.",
                    page.evaluate("document.getElementById('streamName').validationMessage"));
        }
    }

    @Test
    void aLibraryOfTenThousandFilms_isListedQuickly_whileAFilmPlays() throws IOException {
        Path library = Files.createDirectories(server.mediaDir().resolve("library"));
        try (MeasuredPage measured = chromium.open("library");
                MeasuredPage other = chromium.open("other")) {
            other.page()
                    .navigate(server.http("/?streamName=vod://lengthy.mp4&autoplay=true")
                            .toString());
            awaitState(other.page().locator("#stage"), "playing");
            for (int i = 0; i < 10_000; i++) {
                Files.createFile(library.resolve(String.format("film %05d.mp4", i)));
            }
            Files.createSymbolicLink(library.resolve("out.mp4"), server.home().resolve("outside.mp4"));
            Files.createSymbolicLink(library.resolve("nowhere.mp4"), library.resolve("gone"));
            Page page = measured.page();
            Await.until(LIMIT, () -> listed("library", "").contains("\"total\":10000"), () -> listed("library", ""));
            page.navigate(server.http("/").toString());
            page.locator("#films button", new Page.LocatorOptions().setHasText("library/"))
                    .click();
            PlaywrightAssertions.assertThat(page.locator("#filmsCount")).hasText("10000 films");
            PlaywrightAssertions.assertThat(page.locator("#films li")).hasCount(50);
            long begunNs = System.nanoTime();
            page.locator("#filmsSearch").fill("film 09999");
            PlaywrightAssertions.assertThat(page.locator("#films li")).hasCount(1);
            assertTrue(System.nanoTime() - begunNs < 2_000_000_000L, "a search takes long");
            assertTrue(listed("library", "out").contains("\"total\":0"));
            measured.screenshot("search");
            assertUndisturbed(other);
        } finally {
            try (Stream<Path> files = Files.walk(library)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void assertUndisturbed(MeasuredPage viewer) {
        assertEquals("playing", viewer.page().locator("#stage").getAttribute("data-state"));
        assertEquals(0, viewer.newestPeer().packetsLost(), viewer.newestPeer()::toString);
        assertEquals(0, viewer.newestPeer().pictureLossIndications(), viewer.newestPeer()::toString);
        viewer.awaitFrames(viewer.newestPeer().framesDecoded() + 10);
    }

    private String listed(String folder, String search) {
        return new RestClient(server)
                .get("/vod/list?folder=" + folder + "&search=" + search)
                .body();
    }
}
