package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.MeasuredPage;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;

/** The pages without a mouse: all is reached by Tab, seen where the focus is, and works by keys. */
@E2e
class KeyboardMatrixIT {
    private static final int MOST_STEPS = 80;
    private static final LocatorAssertions.HasAttributeOptions SOON =
            new LocatorAssertions.HasAttributeOptions().setTimeout(20_000);

    private final Chromium chromium;
    private final ReelcastProcess server;
    private MeasuredPage measured;
    private Page page;

    KeyboardMatrixIT(Chromium chromium, ReelcastProcess server) {
        this.chromium = chromium;
        this.server = server;
    }

    @BeforeEach
    void open() {
        measured = chromium.open("keyboard");
        measured.addInitScript("/e2e/keyboard.js");
        page = measured.page();
    }

    @AfterEach
    void nothingIsLeft() {
        measured.close();
        new RestClient(server).awaitNoStreams(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @CsvSource({
        "/,1280,800",
        "/,390,844",
        "/,640,400",
        "/recorder.html,1280,800",
        "/recorder.html,640,400",
        "/hls.html,1280,800",
        "/embed,640,360",
        "/nothing-here,640,400"
    })
    void tab_reachesAllThatCanBeOperated_andItIsSeen(String path, int width, int height) {
        page.setViewportSize(width, height);
        load(path);
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })");
        walk(path);
    }

    @Test
    void whilePlayingAndAfterwards_tabReachesAll() {
        load("/?streamName=vod://brief.mp4&autoplay=true");
        awaitState("playing");
        walk("playing");
        awaitState("over");
        walk("over");
        load("/?streamName=vod://With-Space.mp4&autoplay=true");
        awaitState("failed");
        page.locator("#adviceText button").first().waitFor();
        walk("failed");
    }

    @Test
    void aFilm_isTypedPlayedSteeredAndPlayedAgain() {
        load("/");
        tabTo("streamName");
        page.keyboard().press("Control+a");
        page.keyboard().type("vod://lengthy.mp4");
        page.keyboard().press("Enter");
        awaitState("playing");
        page.keyboard().press("Shift+Tab");
        tabBackTo("stage");
        page.keyboard().press("m");
        assertPressed("true");
        page.keyboard().press("ArrowUp");
        assertPressed("false");
        page.keyboard().press("?");
        PlaywrightAssertions.assertThat(page.locator("#keys")).isVisible();
        for (int i = 0; i < 3; i++) {
            page.keyboard().press("Tab");
            assertTrue(
                    List.of("", "keysCloseBtn").contains(focused().get("name").getAsString()),
                    "the list keeps the focus");
        }
        page.keyboard().press("Escape");
        assertEquals("stage", focused().get("name").getAsString());
        page.keyboard().press("f");
        page.waitForFunction("() => document.fullscreenElement?.id === 'stage'");
        tabTo("fullScreenBtn");
        page.keyboard().press("Enter");
        page.waitForFunction("() => !document.fullscreenElement");
        tabBackTo("stageBtn");
        page.keyboard().press("Space");
        awaitState("idle");
        tabTo("streamName");
        page.keyboard().press("Control+a");
        page.keyboard().type("vod://brief.mp4");
        page.keyboard().press("Enter");
        awaitState("over");
        tabBackTo("againBtn");
        page.keyboard().press("Enter");
        awaitState("playing");
        awaitState("over");
    }

    @Test
    void aFilmOfTheList_andOneThatWasMeant_areChosen() {
        load("/");
        page.locator("#films li button").first().waitFor();
        tabTo("filmsSearch");
        page.keyboard().type("lengthy");
        page.waitForFunction("() => document.querySelectorAll('#films li').length === 1");
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        awaitState("playing");
        assertEquals("stage", focused().get("name").getAsString());
        page.keyboard().press("k");
        awaitState("idle");
        load("/?streamName=vod://With-Space.mp4&autoplay=true");
        awaitState("failed");
        page.locator("#adviceText button").first().waitFor();
        tabTo("button with space.mp4");
        page.keyboard().press("Enter");
        awaitState("playing");
        page.keyboard().press("k");
        awaitState("idle");
    }

    @Test
    void aBlankName_takesTheFocusToItsField() {
        load("/");
        page.locator("#streamName").fill(" ");
        page.locator("#playBtn").focus();
        page.keyboard().press("Enter");
        assertEquals("streamName", focused().get("name").getAsString());
    }

    @Test
    void aRecording_isMadeAndPlayed() {
        load("/recorder.html");
        tabTo("previewBtn");
        page.keyboard().press("Enter");
        PlaywrightAssertions.assertThat(page.locator("#preview")).isVisible();
        tabBackTo("publishBtn");
        page.keyboard().press("Enter");
        awaitState("playing");
        assertEquals("publishBtn", focused().get("name").getAsString());
        // of less there may be no picture, and no film
        PlaywrightAssertions.assertThat(page.locator("#elapsed")).containsText("0:02");
        page.keyboard().press("Enter");
        PlaywrightAssertions.assertThat(page.locator("#downloadDiv")).isVisible();
        walk("recorded");
        tabTo("playLink");
        page.keyboard().press("Enter");
        page.waitForURL("**/?streamName=*");
        awaitState("playing");
        page.locator("#stage").focus();
        page.keyboard().press("k");
        awaitState("idle");
    }

    private void load(String path) {
        page.navigate(server.http(path).toString());
        if (path.startsWith("/?") || path.equals("/")) {
            page.locator("#films li button").first().waitFor();
        }
    }

    /** From the top of the page round to it again. */
    private void walk(String where) {
        page.evaluate("document.activeElement.blur()");
        @SuppressWarnings("unchecked")
        Set<String> missing = new LinkedHashSet<>((List<String>) page.evaluate("keyboard.operable()"));
        assertTrue(missing.size() > 1, where);
        Set<String> extra = new LinkedHashSet<>();
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < MOST_STEPS && !missing.isEmpty(); i++) {
            page.keyboard().press("Tab");
            JsonObject focused = focused();
            String name = focused.get("name").getAsString();
            if (!missing.remove(name)) {
                extra.add(name);
            }
            if (!focused.get("fault").getAsString().isEmpty()) {
                faults.add(name + " " + focused.get("fault").getAsString());
            }
        }
        assertEquals(Set.of(), missing, () -> where + ": not reached; reached beside them " + extra);
        assertEquals(List.of(), faults, where);
    }

    private void tabTo(String name) {
        go("Tab", name);
    }

    private void tabBackTo(String name) {
        go("Shift+Tab", name);
    }

    private void go(String key, String name) {
        List<String> passed = new ArrayList<>();
        for (int i = 0; i < MOST_STEPS && !name.equals(focused().get("name").getAsString()); i++) {
            page.keyboard().press(key);
            passed.add(focused().get("name").getAsString());
        }
        assertEquals(name, focused().get("name").getAsString(), passed::toString);
    }

    private JsonObject focused() {
        return measured.evaluateObject("() => keyboard.focused()", null);
    }

    private void assertPressed(String isPressed) {
        PlaywrightAssertions.assertThat(page.locator("#muteBtn")).hasAttribute("aria-pressed", isPressed);
    }

    private void awaitState(String state) {
        PlaywrightAssertions.assertThat(page.locator("#stage")).hasAttribute("data-state", state, SOON);
    }
}
