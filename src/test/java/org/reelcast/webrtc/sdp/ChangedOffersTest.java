package org.reelcast.webrtc.sdp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.reelcast.GoldenText;
import org.reelcast.media.MediaKind;
import org.reelcast.refusal.Refusal;

/**
 * What offers of other clients are answered, in short: each changed offer for a film with picture and sound, for sound
 * and for a picture alone.
 */
class ChangedOffersTest {
    private static final Map<String, AnswerPreferences> FILMS = Map.of(
            "both", new AnswerPreferences(true, 0x42E01F, true, 2),
            "sound", new AnswerPreferences(false, 0, true, 2),
            "picture", new AnswerPreferences(true, 0x42E01F, false, 0));

    @Test
    void eachChangedOffer_isAnsweredAsWrittenDown() throws IOException {
        StringBuilder text = new StringBuilder();
        Map<String, String> usually = new HashMap<>();
        ChangedOffers.all().forEach((name, offer) -> {
            text.append(name).append('\n');
            for (String film : new String[] {"both", "sound", "picture"}) {
                String answer = answer(offer, FILMS.get(film));
                boolean usual = answer.equals(usually.putIfAbsent(film, answer));
                text.append("  ")
                        .append(film)
                        .append(": ")
                        .append(usual ? "as usual" : answer)
                        .append('\n');
            }
        });
        assertTrue(ChangedOffers.all().size() >= 60);
        GoldenText.assertKept(ChangedOffersTest.class, "changed-offers.txt", text.toString());
    }

    private static String answer(String text, AnswerPreferences film) {
        try {
            Offer offer = Offer.read(text, film, new Random(1));
            return summary(answer(text, offer))
                    + certificate(offer)
                    + offer.leftOut().map(what -> "; " + what).orElse("");
        } catch (Refusal e) {
            return e.status().text() + " (" + e.getMessage() + ")";
        }
    }

    /** With what is apart; where that cannot be answered, nothing would be sent there. */
    private static String answer(String text, Offer offer) {
        String answer = Answer.write(offer, Sdps.local());
        if (offer.apart().isEmpty()) {
            return answer;
        }
        boolean audio = offer.apart().get() == MediaKind.AUDIO;
        AnswerPreferences other = new AnswerPreferences(!audio, 0x42E01F, audio, audio ? 2 : 0);
        try {
            return Answer.join(answer, Answer.write(Offer.read(text, other, new Random(1)), Sdps.local()));
        } catch (Refusal e) {
            return answer;
        }
    }

    /** By what the client's certificate is known, where that is not as usual. */
    private static String certificate(Offer offer) {
        List<String> hashes =
                offer.fingerprints().stream().map(Fingerprint::algorithm).toList();
        return hashes.equals(List.of("SHA-256")) ? "" : "; certificate by " + String.join(", ", hashes);
    }

    /** Of each section its kind, direction and formats, and what stands in it. */
    private static String summary(String answer) {
        StringBuilder text = new StringBuilder();
        for (String line : answer.split("\r\n")) {
            if (line.startsWith("m=")) {
                String[] words = line.substring(2).split(" ", 4);
                text.append(text.length() == 0 ? "" : " | ")
                        .append(words[0])
                        .append(words[1].equals("0") ? " rejected " : " ")
                        .append(words[2].equals("UDP/TLS/RTP/SAVPF") ? "" : words[2] + " ")
                        .append(words[3]);
            } else if (line.startsWith("a=group:")) {
                text.append("BUNDLE")
                        .append(line.substring("a=group:BUNDLE".length()))
                        .append(" |");
            } else if (line.matches("a=(sendonly|recvonly|inactive|end-of-candidates|ptime:.*|extmap:.*|fmtp:.*)")) {
                text.append(' ')
                        .append(line.substring(2)
                                .replace("end-of-candidates", "candidates")
                                .replaceFirst("extmap:(\\d+) .*[:/](.*)", "ext $1 $2"));
            } else if (line.matches("a=(ice-ufrag|ice-pwd|fingerprint|rtcp-mux)(:.*)?")) {
                text.append(' ').append(line.substring(2).replaceFirst(":.*", ""));
            } else if (line.matches("a=(setup|mid):.*")) {
                text.append(' ').append(line.substring(2));
            } else if (line.startsWith("a=rtcp-fb:") || line.startsWith("a=rtcp-rsize")) {
                text.append(' ')
                        .append(line.replaceFirst("a=rtcp-fb:\\d+ ", "")
                                .replace("a=rtcp-", "")
                                .replace(' ', '-'));
            }
        }
        return text.toString();
    }
}
