package org.reelcast.webrtc.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
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
        assertEquals(
                Sdps.read(client + "-publish-answer"), answer(client + "-publish", AnswerPreferences.fromPublisher()));
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
        Track video = Offer.read(offer, AnswerPreferences.fromPublisher(), new Random(1))
                .track(MediaKind.VIDEO);
        assertEquals("level-asymmetry-allowed=1;profile-level-id=42e01f", video.fmtp());
    }

    @Test
    void publisherOfOneKind_isTaken() throws Refusal {
        String offer = Sdps.read("chromium-publish-offer");
        int video = offer.indexOf("m=video");
        int audio = offer.indexOf("m=audio");
        AnswerPreferences preferences = AnswerPreferences.fromPublisher();
        assertEquals(
                1,
                Offer.read(offer.substring(0, video), preferences, new Random(1))
                        .tracks()
                        .size());
        Offer picture = Offer.read(offer.substring(0, audio) + offer.substring(video), preferences, new Random(1));
        assertNull(picture.track(MediaKind.AUDIO));
        assertTrue(picture.track(MediaKind.VIDEO).remb());
    }

    @Test
    void stereoThatAPublisherSends_isAskedFor() throws Refusal {
        String offer = Sdps.read("chromium-publish-offer").replace("useinbandfec=1", "useinbandfec=1;stereo=1");
        assertEquals(
                "minptime=10;useinbandfec=1;stereo=1",
                Offer.read(offer, AnswerPreferences.fromPublisher(), new Random(1))
                        .track(MediaKind.AUDIO)
                        .fmtp());
    }

    /** aiortc, webrtcbin, werift and pion fail at an answer that rejects it. */
    @Test
    void fileWithoutSound_answersTheAudioSectionInactive_inTheBundle() throws Refusal {
        String answer = answer("chromium", new AnswerPreferences(true, 0x42E01F, false, 0));
        assertTrue(answer.contains("a=group:BUNDLE 0 1\r\n"), answer);
        String audio = answer.substring(answer.indexOf("m=audio"), answer.indexOf("m=video"));
        assertTrue(audio.startsWith("m=audio 31001 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 192.0.2.7\r\n"), audio);
        for (String line : List.of(
                "a=candidate:1 ",
                "a=end-of-candidates",
                "a=ice-ufrag:Sfrag123",
                "a=ice-pwd:",
                "a=fingerprint:sha-256 ",
                "a=setup:passive",
                "a=mid:0",
                "a=inactive",
                "a=rtcp-mux",
                "a=rtpmap:111 opus/48000/2",
                "a=fmtp:111 ")) {
            assertEquals(1, audio.split("\r\n" + line, -1).length - 1, line + " in\n" + audio);
        }
        assertFalse(audio.contains("a=ssrc"), audio);
        assertEquals(2, answer.split("a=candidate:").length - 1, "the first section has the candidates");
    }

    @Test
    void sectionThatTheOfferSwitchesOff_orLeavesOutOfTheBundle_isRejected() throws Refusal {
        AnswerPreferences silent = new AnswerPreferences(true, 0x42E01F, false, 0);
        for (String offer : List.of(
                Sdps.read("chromium-offer").replace("m=audio 9", "m=audio 0"),
                Sdps.read("chromium-offer").replace("a=group:BUNDLE 0 1", "a=group:BUNDLE 1"))) {
            assertAudioIsRejected(Answer.write(Offer.read(offer, silent, new Random(1)), Sdps.local()));
        }
    }

    /** All of a bundle has it, and the answer may have it only where the offer does. */
    @Test
    void sectionThatDoesNotMultiplexRtcp_isRejected_alsoInTheBundle() throws Refusal {
        String offer = Sdps.read("chromium-offer").replaceFirst("a=rtcp-mux\r\n", "");
        for (AnswerPreferences film : List.of(BOTH, new AnswerPreferences(true, 0x42E01F, false, 0))) {
            assertAudioIsRejected(Answer.write(Offer.read(offer, film, new Random(1)), Sdps.local()));
        }
    }

    /** Some stacks look for ICE and DTLS in each section. */
    private static void assertAudioIsRejected(String answer) {
        assertTrue(answer.contains("a=group:BUNDLE 1\r\n"), answer);
        assertTrue(
                answer.contains("m=audio 0 UDP/TLS/RTP/SAVPF 111 63 0\r\nc=IN IP4 0.0.0.0\r\n"
                        + "a=ice-ufrag:Sfrag123\r\na=ice-pwd:Spassword0123456789abcdef\r\na=fingerprint:"
                        + Sdps.local().fingerprint() + "\r\na=setup:passive\r\na=mid:0\r\n"
                        + "a=inactive\r\na=rtpmap:111 opus/48000/2\r\n"),
                answer);
        String audio = answer.substring(answer.indexOf("m=audio"), answer.indexOf("m=video"));
        assertFalse(audio.contains("a=candidate") || audio.contains("a=rtcp-mux"), audio);
    }

    @Test
    void secondSectionOfAKindThatTheFileLacks_isRejected() throws Refusal {
        String offer = Sdps.read("chromium-offer");
        String audio = offer.substring(offer.indexOf("m=audio"), offer.indexOf("m=video"));
        offer = offer.replace("BUNDLE 0 1", "BUNDLE 0 1 2") + audio.replace("a=mid:0", "a=mid:2");
        String answer = Answer.write(
                Offer.read(offer, new AnswerPreferences(true, 0x42E01F, false, 0), new Random(1)), Sdps.local());
        assertTrue(answer.contains("a=group:BUNDLE 0 1\r\n"), answer);
        assertEquals(1, answer.split("m=audio 31001").length - 1, answer);
        assertEquals(1, answer.split("m=audio 0").length - 1, answer);
    }

    @Test
    void fileWithoutPicture_playsTheSoundAlone() throws Refusal {
        Offer offer = Offer.read(Sdps.read("firefox-offer"), new AnswerPreferences(false, 0, true, 1), new Random(1));
        assertNull(offer.track(MediaKind.VIDEO));
        assertEquals(109, offer.track(MediaKind.AUDIO).payloadType());
        assertEquals("minptime=10;useinbandfec=1", offer.track(MediaKind.AUDIO).fmtp());
    }

    @Test
    void sectionsOutsideOneBundle_haveATransportEach() throws Refusal {
        String sdp = Sdps.read("chromium-offer").replace("a=group:BUNDLE 0 1\r\n", "");
        Offer picture = Offer.read(sdp, BOTH, new Random(1));
        assertEquals(
                List.of(MediaKind.VIDEO),
                picture.tracks().stream().map(Track::kind).toList());
        assertEquals(Optional.of(MediaKind.AUDIO), picture.apart());
        Offer sound = Offer.read(sdp, new AnswerPreferences(false, 0, true, 2), new Random(1));
        assertEquals(Optional.of(MediaKind.VIDEO), sound.apart(), "nothing is sent there, but it connects");

        String answer = Answer.join(
                Answer.write(picture, Sdps.local()),
                Answer.write(sound, Sdps.local("Other123", "Otherword0123456789abcdef")));
        assertFalse(answer.contains("BUNDLE"), answer);
        assertEquals(1, answer.split("v=0\r\n", -1).length - 1, answer);
        String[] sections = answer.split("(?=m=(audio|video) )");
        assertEquals(3, sections.length);
        assertTrue(
                sections[1].startsWith("m=audio 31001 ")
                        && sections[1].contains("a=ice-ufrag:Other123\r\n")
                        && sections[1].contains("a=candidate:")
                        && sections[1].contains("a=sendonly"),
                sections[1]);
        assertTrue(
                sections[2].startsWith("m=video 31001 ")
                        && sections[2].contains("a=ice-ufrag:Sfrag123\r\n")
                        && sections[2].contains("a=candidate:")
                        && sections[2].contains("a=sendonly"),
                sections[2]);
    }

    @Test
    void publisherThatBundlesNothing_sendsThePictureAndTheSoundApart() throws Refusal {
        String sdp = Sdps.read("chromium-offer")
                .replace("a=group:BUNDLE 0 1\r\n", "")
                .replace("a=recvonly", "a=sendrecv");
        Offer offer = Offer.read(sdp, AnswerPreferences.fromPublisher(), new Random(1));
        assertEquals(
                List.of(MediaKind.VIDEO),
                offer.tracks().stream().map(Track::kind).toList());
        assertEquals(Optional.of(MediaKind.AUDIO), offer.apart());
        assertEquals(Optional.empty(), offer.leftOut());
        Offer sound = Offer.read(sdp, AnswerPreferences.fromPublisher(MediaKind.AUDIO), new Random(1));
        assertEquals(Optional.empty(), sound.apart());
        String[] sections = Answer.join(Answer.write(offer, Sdps.local()), Answer.write(sound, Sdps.local()))
                .split("(?m)^m=");
        for (int i = 1; i <= 2; i++) {
            assertTrue(sections[i].matches("(?s)(audio|video) [1-9].*a=candidate.*a=recvonly.*"), sections[i]);
        }
    }

    @Test
    void playerThatWantsMono_isNotToldOfStereo() throws Refusal {
        String sdp = Sdps.read("chromium-offer");
        for (String wish : List.of("stereo=0", "stereo=1", "cbr=0")) {
            Offer offer = Offer.read(sdp.replace("useinbandfec=1", "useinbandfec=1;" + wish), BOTH, new Random(1));
            assertEquals(
                    !wish.equals("stereo=0"), Answer.write(offer, Sdps.local()).contains("sprop-stereo=1"), wish);
            assertEquals(
                    wish.equals("stereo=0"),
                    offer.track(MediaKind.AUDIO).sound().mono(),
                    wish);
        }
    }

    private static String answer(String client, AnswerPreferences preferences) throws Refusal {
        return Answer.write(Offer.read(Sdps.read(client + "-offer"), preferences, new Random(1)), Sdps.local());
    }
}
