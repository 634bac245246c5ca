package org.reelcast.e2e.harness;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.Base64;

/** Flashphoner's own page, unmodified, which publishes a camera and shows snapshots of it. */
public final class SnapshotPage extends StreamPage {
    private final ReelcastProcess server;

    public SnapshotPage(Chromium chromium, ReelcastProcess server, String name) {
        super(chromium.open(name), "#publishBtn");
        this.server = server;
        measured().page().navigate(server.http("/client2" + WebSdk.SNAPSHOT).toString());
    }

    /** Starts to publish under that name. */
    public void start(String stream) {
        measured().page().locator("#url").fill(server.wsUrl() + "/" + stream);
        press("Start");
    }

    /** Presses the button. @return the PNG that the page then shows */
    public byte[] takeSnapshot(Duration limit) {
        measured().page().locator("#snapshotBtn").click();
        Await.until(
                limit,
                () -> measured()
                                .evaluate("() => document.querySelector('#dynImg').naturalWidth", null)
                                .getAsInt()
                        > 0,
                () -> "No snapshot is shown: " + measured().console());
        String url = measured().page().locator("#dynImg").getAttribute("src");
        return Base64.getDecoder().decode(url.substring(url.indexOf(',') + 1));
    }

    /** What the page's SDK reports when asked for a snapshot of a stream that the page neither plays nor sends. */
    public JsonObject snapshotOf(String stream) {
        return measured().evaluateObject("""
                name => new Promise(resolve => Flashphoner.getSessions()[0].createStream({name: name})
                        .on(STREAM_EVENT, event => resolve({type: event.type, payload: event.payload}))
                        .snapshot())""", stream);
    }
}
