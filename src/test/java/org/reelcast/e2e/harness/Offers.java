package org.reelcast.e2e.harness;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Session descriptions as Chromium offers them to play, whole and spoilt. */
public final class Offers {
    private static final String CHROMIUM = Chromium.resource("/e2e/chromium-offer.sdp");

    private Offers() {}

    /** Audio and video, receive only; nobody answers behind its addresses. */
    public static String chromium() {
        return CHROMIUM;
    }

    /** As a browser without an H.264 decoder offers. */
    public static String withoutH264() {
        String video = payloadTypes("H264/90000");
        return without(line -> line.matches("a=(rtpmap|fmtp|rtcp-fb):(" + video + ") .*"));
    }

    /** Neither H.264 nor Opus is left. */
    public static String withoutCommonCodec() {
        String ours = payloadTypes("H264/90000") + "|" + payloadTypes("opus/48000/2");
        return without(line -> line.matches("a=(rtpmap|fmtp|rtcp-fb):(" + ours + ") .*"));
    }

    /** The first half of an offer. */
    public static String broken() {
        return "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio\r\na=rtpmap:\r\n";
    }

    private static String payloadTypes(String codec) {
        return Arrays.stream(CHROMIUM.split("\r\n"))
                .filter(line -> line.startsWith("a=rtpmap:") && line.endsWith(" " + codec))
                .map(line -> line.substring("a=rtpmap:".length(), line.indexOf(' ')))
                .collect(Collectors.joining("|"));
    }

    private static String without(Predicate<String> unwanted) {
        return Arrays.stream(CHROMIUM.split("\r\n"))
                .filter(unwanted.negate())
                .collect(Collectors.joining("\r\n", "", "\r\n"));
    }
}
