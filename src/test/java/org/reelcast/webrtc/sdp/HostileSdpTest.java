package org.reelcast.webrtc.sdp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.Allocation;
import org.reelcast.refusal.Refusal;

/** Damaged offers: each is answered with a description, or refused with a reason. */
class HostileSdpTest {
    private static final int ROUNDS = 1_500;
    private static final String[] CLIENTS = {
        "chromium", "firefox", "gstreamer", "data-channel-first", "chromium-publish", "firefox-publish"
    };
    /** Numbers that break things, and what separates words. */
    private static final String[] NASTY = {
        "-1",
        "0",
        "255",
        "65536",
        "4294967296",
        "99999999999999999999",
        "",
        " ",
        ":",
        "/",
        ";",
        "=",
        "%",
        "\0",
        "\u00e9",
        "\ud83d\ude00"
    };

    /** By measurement 94 at most, of offers of short lines that are answered twice and read back. */
    private static final int BYTES_A_BYTE = 128;
    /** The fuzzer's hooks take most of it. */
    private static final int FIXED_BYTES = 4 << 20;

    /** Answers an offer as a player's and as a publisher's, in memory that its length bounds. */
    static void exercise(byte[] offer) {
        Allocation.assertLinear(
                offer.length, FIXED_BYTES, BYTES_A_BYTE, () -> answer(new String(offer, StandardCharsets.UTF_8)));
    }

    private static void answer(String sdp) {
        for (AnswerPreferences preferences :
                List.of(new AnswerPreferences(true, 0x640028, true, 2), AnswerPreferences.fromPublisher())) {
            String answer;
            try {
                answer = Answer.write(Offer.read(sdp, preferences, new Random(1)), Sdps.local());
            } catch (Refusal e) {
                check(!e.info().isEmpty() && !e.getMessage().isEmpty(), "no reason");
                continue;
            }
            try {
                check(!SessionDescription.parse(answer).sections().isEmpty(), "an answer without media");
            } catch (Refusal e) {
                throw new AssertionError("An answer that is none: " + e.getMessage() + "\n" + answer, e);
            }
        }
    }

    private static void check(boolean fine, String what) {
        if (!fine) {
            throw new AssertionError(what);
        }
    }

    @Test
    void changedOffers_areAnsweredOrRefused() {
        Random random = new Random(8866);
        for (int round = 0; round < ROUNDS; round++) {
            List<String> lines = new ArrayList<>(Sdps.read(CLIENTS[round % CLIENTS.length] + "-offer")
                    .lines()
                    .toList());
            for (int changes = random.nextInt(5); changes >= 0; changes--) {
                change(lines, random);
            }
            String offer = String.join("\r\n", lines) + "\r\n";
            try {
                exercise(offer.getBytes(StandardCharsets.UTF_8));
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("Round " + round + "\n" + offer, e);
            }
        }
    }

    private static void change(List<String> lines, Random random) {
        int at = random.nextInt(lines.size());
        String line = lines.get(at);
        int column = random.nextInt(line.length() + 1);
        switch (random.nextInt(6)) {
            case 0 -> lines.set(at, lines.set(random.nextInt(lines.size()), line));
            case 1 -> lines.add(random.nextInt(lines.size() + 1), line);
            case 2 -> lines.set(at, line.substring(0, column));
            case 3 ->
                lines.set(at, line.substring(0, column) + NASTY[random.nextInt(NASTY.length)] + line.substring(column));
            case 4 -> lines.set(at, line.replaceFirst("\\d+", NASTY[random.nextInt(NASTY.length)]));
            default -> {
                if (lines.size() > 1) {
                    lines.remove(at);
                }
            }
        }
    }

    /** Offers as long as they may be, of lines that are to be looked at again and again. */
    @ParameterizedTest
    @CsvSource({
        "rtcp-fb:* nack pli",
        "rtcp-fb:96 nack pli",
        "rtpmap:96 H264/90000/a/a/a/a/a/a/a",
        "fmtp:96 a=1;b=2",
        "fmtp:96 packetization-mode=0;;;;;;;;;;;;;;;;",
        "extmap:1 a b c d e f g h",
        "extmap:1///////////////// a",
        "group:BUNDLE a a a a a a a a",
        "mid:a",
        "fingerprint:sha-256 0:0:0:0:0:0:0:0",
        "fingerprint:a a a a a",
        "inactive",
        "ice-ufrag:a",
        "x"
    })
    void offerOfManyLines_takesMemoryByItsLength(String line) {
        for (String formats : List.of(" 96".repeat(2_600), " 96".repeat(128), formats())) {
            for (String media : List.of("video", "audio")) {
                String head = "v=0\no=- 1 2 IN IP4 127.0.0.1\ns=-\nt=0 0\na=group:BUNDLE a b\n" + repeated(line, 300)
                        + "m=" + media + " 9 UDP/TLS/RTP/SAVPF" + formats + "\na=ice-ufrag:abcd\na=mid:a\n"
                        + "a=ice-pwd:0123456789012345678901\na=fingerprint:sha-256 " + "00:".repeat(31) + "00\n"
                        + "a=rtcp-mux\na=sendrecv\na=rtpmap:96 H264/90000\na=rtpmap:97 opus/48000/2\n"
                        + "m=audio 9 UDP/TLS/RTP/SAVPF 96\na=mid:b\n";
                String offer = head + repeated(line, (60 << 10) / (line.length() + 3) - head.length() / 40);
                exercise(offer.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 32})
    void lineOfNothingButFields_takesMemoryByItsLength(int sections) {
        for (String line : List.of(
                "a=fmtp:96 " + "a;".repeat(4000),
                "a=fmtp:96 " + "profile-level-id=1;".repeat(420),
                "a=extmap:1" + "/".repeat(8000) + " a",
                "a=extmap:1 " + "a ".repeat(4000),
                "a=group:BUNDLE " + "a ".repeat(4000),
                "a=rtpmap:96 opus" + "/48000".repeat(1300),
                "a=fingerprint:sha-256 " + "0:".repeat(4000),
                "a=mid:" + "a".repeat(8000),
                "m=" + "a ".repeat(4000))) {
            String section = "m=video 9 UDP/TLS/RTP/SAVPF 96\na=mid:a\na=rtpmap:96 H264/90000\n";
            String offer = "v=0\n" + (line + "\n").repeat(3) + section.repeat(sections) + (line + "\n").repeat(4);
            exercise(offer.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** One that took a second and 1.1 GB to read. */
    @Test
    void offerOfManyFormatsAndManyWildcards_isRefusedInAFewKilobytes() {
        String offer = "v=0\no=- 1 2 IN IP4 127.0.0.1\ns=-\nt=0 0\nm=video 9 UDP/TLS/RTP/SAVPF" + " 96".repeat(2700)
                + "\na=ice-ufrag:abcd\na=ice-pwd:0123456789012345678901\na=fingerprint:sha-256 " + "00:".repeat(31)
                + "00\na=rtcp-mux\na=sendrecv\na=rtpmap:96 VP8/90000\n" + "a=rtcp-fb:* nack pli\n".repeat(3900);
        long allocated = Allocation.of(() -> answer(offer));
        assertTrue(allocated < 5 << 20, allocated + " bytes");
    }

    private static String repeated(String line, int times) {
        return ("a=" + line + "\n").repeat(Math.max(0, times));
    }

    /** All there are. */
    private static String formats() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 128; i++) {
            text.append(' ').append(i);
        }
        return text.toString();
    }
}
