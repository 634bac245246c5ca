package org.reelcast.e2e.harness;

/** A player page. */
public final class PlayerPage extends StreamPage {
    /** Flashphoner's own, unmodified. */
    public static final String FLASHPHONER = "/client2" + WebSdk.PLAYER;
    /** The product's. */
    public static final String BUNDLED = "/";

    public PlayerPage(Chromium chromium, ReelcastProcess server, String path, String name) {
        this(chromium.open(name), server, path);
    }

    PlayerPage(MeasuredPage page, ReelcastProcess server, String path) {
        super(page, "#playBtn");
        measured().page().navigate(server.http(path).toString());
        measured().page().locator("#url").fill(server.wsUrl());
    }

    /** Fills in the stream's name and presses Start. */
    public void start(String stream) {
        measured().page().locator("#streamName").fill(stream);
        press("Start");
    }
}
