package org.reelcast.webrtc.sdp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.reelcast.FuzzInputs;
import org.reelcast.refusal.Refusal;

/** Damaged offers: each is answered with a description, or refused with a reason. */
class HostileSdpTest {
    private static final int ROUNDS = 1_500;
    private static final String[] CLIENTS = {"chromium", "firefox", "gstreamer", "data-channel-first",
        "chromium-publish", "firefox-publish"};
    /** Numbers that break things, and what separates words. */
    private static final String[] NASTY = {"-1", "0", "255", "65536", "4294967296", "99999999999999999999", "", " ",
        ":", "/", ";", "=", "%", "\0", "\u00e9", "\ud83d\ude00"};

    /** Answers an offer as a player's and as a publisher's. */
    static void exercise(byte[] offer) {
        String sdp = new String(offer, StandardCharsets.UTF_8);
        for (AnswerPreferences preferences : List.of(new AnswerPreferences(true, 0x640028, true, 2),
                AnswerPreferences.fromPublisher())) {
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
            List<String> lines = new ArrayList<>(
                    Sdps.read(CLIENTS[round % CLIENTS.length] + "-offer").lines().toList());
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
            case 3 -> lines.set(at, line.substring(0, column) + NASTY[random.nextInt(NASTY.length)]
                    + line.substring(column));
            case 4 -> lines.set(at, line.replaceFirst("\\d+", NASTY[random.nextInt(NASTY.length)]));
            default -> {
                if (lines.size() > 1) {
                    lines.remove(at);
                }
            }
        }
    }

    /** Those of {@link SdpFuzzTest}, its finds among them. */
    @TestFactory
    List<DynamicTest> inputs() throws IOException {
        return FuzzInputs.of(SdpFuzzTest.class, "anyOffer_isAnsweredOrRefused", HostileSdpTest::exercise);
    }
}
