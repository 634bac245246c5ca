package org.reelcast.webrtc.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.media.MediaKind;
import org.reelcast.refusal.Refusal;

/** Answers to the offers of real clients, whole. */
class AnswerTest {
    private static final AnswerPreferences BOTH = new AnswerPreferences(true, 0x42E01F, true, 2);

    @ParameterizedTest
    @ValueSource(strings = {"chromium", "firefox", "gstreamer", "data-channel-first"})
    void answerIsTheGoldenOne(String client) throws Refusal {
        String answer = answer(client, BOTH);
        assertEquals(Sdps.read(client + "-answer"), answer);
        assertEquals(answer.lines().count(), answer.split("\r\n", -1).length - 1, "every line ends in CR LF");
    }

    @ParameterizedTest
    @ValueSource(strings = {"chromium", "firefox"})
    void answerToAPublisherIsTheGoldenOne(String client) throws Refusal {
        assertEquals(Sdps.read(client + "-publish-answer"),
                answer(client + "-publish", AnswerPreferences.fromPublisher()));
    }

    @Test
    void simulcastIsDeclined() throws Refusal {
        String answer = answer("chromium-publish", AnswerPreferences.fromPublisher());
        assertTrue(Sdps.read("chromium-publish-offer").contains("a=simulcast:send"));
        assertFalse(answer.contains("simulcast") || answer.contains("rid") || answer.contains("rtp-stream-id"), answer);
    }

    @Test
    void publisherOfModeZeroAlone_isTaken() throws Refusal {
        String offer = Sdps.read("firefox-publish-offer").replace(";packetization-mode=1", "");
        Track video = Offer.read(offer, AnswerPreferences.fromPublisher(), new Random(1)).track(MediaKind.VIDEO);
        assertEquals("level-asymmetry-allowed=1;profile-level-id=42e01f", video.fmtp());
    }

    @Test
    void publisherOfOneKind_isTaken() throws Refusal {
        String offer = Sdps.read("chromium-publish-offer");
        int video = offer.indexOf("m=video");
        int audio = offer.indexOf("m=audio");
        AnswerPreferences preferences = AnswerPreferences.fromPublisher();
        assertEquals(1, Offer.read(offer.substring(0, video), preferences, new Random(1)).tracks().size());
        Offer picture = Offer.read(offer.substring(0, audio) + offer.substring(video), preferences, new Random(1));
        assertNull(picture.track(MediaKind.AUDIO));
        assertTrue(picture.track(MediaKind.VIDEO).remb());
    }

    @Test
    void stereoThatAPublisherSends_isAskedFor() throws Refusal {
        String offer = Sdps.read("chromium-publish-offer").replace("useinbandfec=1", "useinbandfec=1;stereo=1");
        assertEquals("minptime=10;useinbandfec=1;stereo=1",
                Offer.read(offer, AnswerPreferences.fromPublisher(), new Random(1)).track(MediaKind.AUDIO).fmtp());
    }

    @Test
    void fileWithoutSound_rejectsTheAudioSectionAndLeavesItOutOfTheBundle() throws Refusal {
        String answer = answer("chromium", new AnswerPreferences(true, 0x42E01F, false, 0));
        assertTrue(answer.contains("a=group:BUNDLE 1\r\n"), answer);
        assertTrue(answer.contains("m=audio 0 UDP/TLS/RTP/SAVPF 111 63 0\r\nc=IN IP4 0.0.0.0\r\na=mid:0\r\n"
                + "a=inactive\r\nm=video 31001 "), answer);
        assertEquals(2, answer.split("a=candidate:").length - 1, "the first accepted section has the candidates");
    }

    @Test
    void fileWithoutPicture_playsTheSoundAlone() throws Refusal {
        Offer offer = Offer.read(Sdps.read("firefox-offer"), new AnswerPreferences(false, 0, true, 1), new Random(1));
        assertNull(offer.track(MediaKind.VIDEO));
        assertEquals(109, offer.track(MediaKind.AUDIO).payloadType());
        assertEquals("minptime=10;useinbandfec=1", offer.track(MediaKind.AUDIO).fmtp());
    }

    @Test
    void sectionsOutsideOneBundle_onlyThePictureIsSent() throws Refusal {
        String offer = Sdps.read("chromium-offer").replace("a=group:BUNDLE 0 1\r\n", "");
        List<Track> tracks = Offer.read(offer, BOTH, new Random(1)).tracks();
        assertEquals(1, tracks.size());
        assertEquals(MediaKind.VIDEO, tracks.get(0).kind());
        assertFalse(Answer.write(Offer.read(offer, BOTH, new Random(1)), Sdps.local()).contains("BUNDLE"));
    }

    private static String answer(String client, AnswerPreferences preferences) throws Refusal {
        return Answer.write(Offer.read(Sdps.read(client + "-offer"), preferences, new Random(1)), Sdps.local());
    }
}
