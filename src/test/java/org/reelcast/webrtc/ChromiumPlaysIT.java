package org.reelcast.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reelcast.config.Settings;
import org.reelcast.loop.LoadLimits;
import org.reelcast.loop.MediaLoop;
import org.reelcast.loop.MediaLoops;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.mp4.read.Movie;
import org.reelcast.rendition.Rendition;
import org.reelcast.rendition.film.Renditions;
import org.reelcast.rtp.Packetizers;
import org.reelcast.rtp.RtpFrame;
import org.reelcast.storage.LocalFile;

/** The sample film, straight from the transport into a real browser: no signalling, no server. */
class ChromiumPlaysIT {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final long LEAD_US = 100_000;
    /**
     * Chromium keeps sound in its buffer 60 to 80 ms longer than pictures and takes far more than 10 s to delay the
     * pictures for it. Sound that comes earlier is in sync at once: 20 to 30 ms by measurement, 65 to 180 without.
     */
    private static final long SOUND_AHEAD_US = 60_000;

    private static final String CONNECT = """
            () => {
              window.pc = new RTCPeerConnection();
              pc.addTransceiver('audio', {direction: 'recvonly'});
              pc.addTransceiver('video', {direction: 'recvonly'});
              const video = document.createElement('video');
              video.autoplay = true;
              document.body.append(video);
              pc.ontrack = event => { video.srcObject = event.streams[0]; window.streams = event.streams.length; };
              return pc.createOffer().then(o => pc.setLocalDescription(o).then(() => o.sdp));
            }""";
    private static final String STATISTICS = """
            async () => {
              const all = {};
              (await pc.getStats()).forEach(s => {
                if (s.type === 'inbound-rtp') {
                  for (const k of ['framesDecoded', 'freezeCount', 'packetsLost', 'packetsReceived', 'nackCount',
                      'pliCount', 'totalAudioEnergy', 'concealedSamples', 'estimatedPlayoutTimestamp',
                      'retransmittedPacketsReceived', 'firCount', 'framesDropped', 'jitter']) {
                    if (s[k] !== undefined) all[s.kind + '.' + k] = s[k];
                  }
                }
                if (s.type === 'transport') { all.srtpCipher = s.srtpCipher; all.dtlsState = s.dtlsState; }
                if (s.type === 'codec') all['codec.' + s.mimeType] = s.payloadType + ' ' + s.sdpFmtpLine;
              });
              all.streams = window.streams;
              return all;
            }""";

    @TempDir
    private Path cache;

    private final MediaLoops loops = MediaLoops.open(1, LoadLimits.NONE);
    private WebRtcTransport transport;
    private Playwright playwright;
    private Browser browser;

    @BeforeEach
    void open() throws IOException {
        assertTrue(Files.isExecutable(CHROMIUM), "Chromium is missing at " + CHROMIUM + ": apt-get install chromium");
        transport = WebRtcTransport.open(new WebRtcOptions(null, null, 0, 0, 10_000, 10_000, 10_000), loops);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--autoplay-policy=no-user-gesture-required")));
    }

    @AfterEach
    void close() {
        if (transport != null) {
            transport.close();
        }
        loops.close();
        if (playwright != null) {
            playwright.close();
        }
    }

    @Test
    void sampleFilm_isDecodedWholeAndInSync() throws Exception {
        List<RtpFrame> film = film();
        Page page = browser.newPage();
        String offer = (String) page.evaluate(CONNECT);
        PeerEvents events = new PeerEvents();
        PeerConnection peer = transport.answer(offer, new PeerRequest("sample", true, 0x42E01F, true, 2), events);
        page.evaluate("sdp => pc.setRemoteDescription({type: 'answer', sdp})", peer.answerSdp());
        events.awaitConnected();
        long startUs = peer.loop().nowUs() + LEAD_US;
        long endUs = startUs + film.get(film.size() - 1).frame().presentationTimeUs();
        play(film, peer, startUs);
        double skewMs = medianSkewMs(page, peer.loop(), endUs - 1_000_000);
        page.waitForTimeout(2500);
        Map<String, Object> end = statistics(page);
        PeerStatistics sent =
                CompletableFuture.supplyAsync(peer::statistics, peer.loop()).join();
        System.out.println("skew " + skewMs + " ms, " + peer.timings() + "\n" + end + "\n" + sent);
        assertEquals("connected", end.get("dtlsState"));
        assertEquals("SRTP_AEAD_AES_128_GCM", end.get("srtpCipher"));
        assertTrue(number(end, "video.framesDecoded") >= 297, "frames decoded");
        assertEquals(0, number(end, "video.packetsLost"));
        assertTrue(number(end, "audio.totalAudioEnergy") > 0, "sound");
        assertTrue(Math.abs(skewMs) < 60, "skew " + skewMs);
        page.evaluate("() => pc.close()");
        assertEquals("closed", events.awaitEnd());
        assertEquals(0, transport.peers());
    }

    /** By how much the picture is ahead of the sound, asked again and again until {@code untilUs}. */
    private static double medianSkewMs(Page page, MediaLoop clock, long untilUs) {
        List<Double> samples = new ArrayList<>();
        while (clock.nowUs() < untilUs) {
            page.waitForTimeout(250);
            Map<String, Object> now = statistics(page);
            double skew =
                    number(now, "video.estimatedPlayoutTimestamp") - number(now, "audio.estimatedPlayoutTimestamp");
            if (!Double.isNaN(skew)) {
                samples.add(skew);
            }
        }
        samples.sort(null);
        assertTrue(samples.size() >= 5, "samples " + samples);
        return samples.get(samples.size() / 2);
    }

    /** The film as it goes out, in the order of decoding. */
    private List<RtpFrame> film() throws IOException {
        Settings settings = Settings.of(Map.of("cache_dir", cache.toString()));
        try (LocalFile file = LocalFile.open(Path.of("media/sample.mp4"));
                Renditions renditions = Renditions.of(Movie.read(file), file, settings)) {
            List<Frame> frames = new ArrayList<>(frames(renditions.video().orElseThrow()));
            frames.addAll(frames(renditions.audio().orElseThrow()));
            frames.sort(Comparator.comparingLong(Frame::decodeTimeUs));
            return frames.stream()
                    .map(frame -> Packetizers.of(frame.format().codec()).packetize(frame))
                    .toList();
        }
    }

    /** Sends each frame when it is due. */
    private static void play(List<RtpFrame> film, PeerConnection peer, long startUs) {
        for (RtpFrame frame : film) {
            peer.loop()
                    .at(
                            startUs + frame.frame().decodeTimeUs() - (frame.isVideo() ? 0 : SOUND_AHEAD_US),
                            () -> peer.send(frame, startUs + frame.frame().presentationTimeUs()));
        }
    }

    private static List<Frame> frames(Rendition rendition) throws IOException {
        List<Frame> frames = new ArrayList<>();
        try (FrameReader reader = rendition.reader()) {
            for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
                frames.add(frame);
            }
        }
        return frames;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> statistics(Page page) {
        return (Map<String, Object>) page.evaluate(STATISTICS);
    }

    private static double number(Map<String, Object> statistics, String key) {
        return ((Number) statistics.getOrDefault(key, Double.NaN)).doubleValue();
    }
}
