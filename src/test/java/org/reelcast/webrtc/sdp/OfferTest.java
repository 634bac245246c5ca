package org.reelcast.webrtc.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.media.MediaKind;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

class OfferTest {
    private static final String BAD_SDP = StatusText.FAILED_TO_ADD_STREAM_TO_PROXY.text();
    private static final AnswerPreferences BOTH = new AnswerPreferences(true, 0x42E01F, true, 2);
    private static final String CHROMIUM = Sdps.read("chromium-offer");

    @ParameterizedTest
    @CsvSource({
        "42E01F, 108", // constrained baseline
        "42001F, 102", // baseline
        "4D401F, 41", // main
        "640028, 41" // high is not offered: main is the nearest
    })
    void h264_theFilesProfileElseTheNearest(String profile, int payloadType) throws Refusal {
        AnswerPreferences preferences = new AnswerPreferences(true, Integer.parseInt(profile, 16), true, 2);
        Offer offer = Offer.read(CHROMIUM, preferences, new Random(1));
        assertEquals(payloadType, offer.track(MediaKind.VIDEO).payloadType());
    }

    @Test
    void rtx_belongsToTheChosenPayloadType() throws Refusal {
        assertEquals(
                109,
                Offer.read(CHROMIUM, BOTH, new Random(1)).track(MediaKind.VIDEO).rtxPayloadType());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "hello",
                "v=0",
                "v=0\r\ns=-\r\n",
                "v=0\r\nm=audio\r\n",
                "v=0\r\nm=audio nine UDP/TLS/RTP/SAVPF 111\r\n",
                "v=0\r\nm=audio 70000 UDP/TLS/RTP/SAVPF 111\r\n",
                "v=0\r\nm=video 9 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n",
                "{\"sdp\":null}"
            })
    void brokenOffer_isRefusedAsBadSdp(String sdp) {
        assertEquals(BAD_SDP, refuse(sdp).info());
    }

    @Test
    void missingOffer_isRefusedAsBadSdp() {
        assertEquals(BAD_SDP, refuse(null).info());
    }

    @ParameterizedTest
    @CsvSource({
        "a=ice-ufrag:, x=",
        "a=ice-pwd:, x=",
        "a=fingerprint:sha-256, a=fingerprint:md5",
        "a=fingerprint:sha-256 AA, a=fingerprint:sha-256 ZZ",
        "a=setup:actpass, a=setup:passive",
        "a=rtcp-mux, a=x-mux",
        "a=recvonly, a=sendonly",
        "a=recvonly, a=inactive"
    })
    void offerThatCannotBeServed_isRefusedAsBadSdp(String from, String to) {
        assertEquals(BAD_SDP, refuse(CHROMIUM.replace(from, to)).info());
    }

    /** Chromium's offer has an fmtp line, and neither attribute. */
    @ParameterizedTest
    @CsvSource({
        "a=rtcp-mux, 0",
        "a=ptime:20, 20",
        "a=maxptime:60, 60",
        "a=ptime:60\\r\\na=maxptime:40, 40",
        "a=ptime:nonsense, 0",
        "a=maxptime:-1, 0",
        "a=ptime:99999, 0"
    })
    void longestPacketOfSound_isWhatTheClientSays(String attributes, int ms) throws Refusal {
        String offer =
                CHROMIUM.replaceFirst("a=rtpmap:111 ", attributes.replace("\\r\\n", "\r\n") + "\r\na=rtpmap:111 ");
        assertEquals(
                ms,
                Offer.read(offer, BOTH, new Random(1))
                        .track(MediaKind.AUDIO)
                        .sound()
                        .packetMs());
        assertEquals(
                0,
                Offer.read(offer, BOTH, new Random(1))
                        .track(MediaKind.VIDEO)
                        .sound()
                        .packetMs());
    }

    /** Outside of 6000 to 510000 it is to be ignored (RFC 7587 section 6.1), and the last is all that there is. */
    @ParameterizedTest
    @CsvSource({
        "useinbandfec=1, 0",
        "maxaveragebitrate=24000, 24000",
        "MaxAverageBitrate= 6000 , 6000",
        "maxaveragebitrate=5999, 0",
        "maxaveragebitrate=510000, 0",
        "maxaveragebitrate=99999999999, 0",
        "maxaveragebitrate=-1, 0",
        "maxaveragebitrate, 0"
    })
    void highestBitrateOfSound_isWhatTheClientSays(String parameter, int bitrate) throws Refusal {
        Offer offer = Offer.read(CHROMIUM.replace("useinbandfec=1", parameter), BOTH, new Random(1));
        assertEquals(bitrate, offer.track(MediaKind.AUDIO).sound().bitrate());
    }

    @Test
    void whoSaysNothingOfOpus_getsPacketsOfTwentyMs() throws Refusal {
        String offer = CHROMIUM.replaceFirst("a=fmtp:111 [^\r]*\r\n", "");
        assertEquals(
                20,
                Offer.read(offer, BOTH, new Random(1))
                        .track(MediaKind.AUDIO)
                        .sound()
                        .packetMs());
    }

    /** As aiortc offers: each section has a transport of its own until the answer puts all on the first one's. */
    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true"})
    void iceUser_isThatOfTheBundlesFirstSection_alsoWhenItIsIdle(boolean video, boolean audio) throws Refusal {
        String[] parts = Sdps.read("chromium-offer").split("(?=m=)");
        String password = "0123456789abcdefghijklmn";
        String offer = parts[0]
                + parts[1].replace("Cfrg", "first").replace(password, "1" + password)
                + parts[2].replace("Cfrg", "second").replace(password, "2" + password);
        Offer read = Offer.read(offer, new AnswerPreferences(video, 0x42E01F, audio, 2), new Random(1));
        assertEquals("first", read.ufrag());
        assertEquals("1" + password, read.password());
    }

    /** What is rejected has no part in the bundle. */
    @Test
    void iceUser_isNotThatOfASectionThatIsRejected() throws Refusal {
        String[] parts = Sdps.read("chromium-offer").split("(?=m=)");
        String offer = parts[0].replace("BUNDLE 0 1", "BUNDLE 1")
                + parts[1].replace("Cfrg", "first")
                + parts[2].replace("Cfrg", "second");
        assertEquals(
                "second",
                Offer.read(offer, new AnswerPreferences(true, 0x42E01F, false, 0), new Random(1))
                        .ufrag());
    }

    /** RFC 8839 section 5.4; what goes into a request for consent is bounded by bytes, not by characters. */
    @ParameterizedTest
    @ValueSource(strings = {"a=ice-ufrag:", "a=ice-pwd:"})
    void longIceCredential_isRefusedAsBadSdp(String line) throws Refusal {
        assertEquals(
                BAD_SDP, refuse(CHROMIUM.replace(line, line + "x".repeat(257))).info());
        assertEquals(
                BAD_SDP,
                refuse(CHROMIUM.replace(line, line + "\u20ac".repeat(200))).info());
        Offer.read(CHROMIUM.replace(line, line + "x".repeat(200)), BOTH, new Random(1));
    }

    /** RFC 8829 section 5.1.2. */
    @ParameterizedTest
    @ValueSource(strings = {"RTP/SAVPF", "RTP/AVPF", "RTP/SAVP", "RTP/AVP", "UDP/TLS/RTP/SAVP", "TCP/DTLS/RTP/SAVPF"})
    void protocolOfOldIsTakenWithAFingerprint_andAnsweredInTheSameWords(String protocol) throws Refusal {
        Offer offer = Offer.read(CHROMIUM.replace("UDP/TLS/RTP/SAVPF", protocol), BOTH, new Random(1));
        assertEquals(2, offer.tracks().size());
        String answer = Answer.write(offer, Sdps.local());
        assertEquals(
                2,
                answer.lines()
                        .filter(line -> line.matches("m=(audio|video) 31001 " + protocol + " .*"))
                        .count(),
                answer);
    }

    @Test
    void noCodecInCommon_saysSo() {
        String sdp =
                CHROMIUM.replace("opus/48000", "opus/24000").replace("packetization-mode=1", "packetization-mode=0");
        assertEquals("No common codecs", refuse(sdp).info());
    }

    /** The pages try MSE then. */
    @Test
    void pictureWithoutCodecInCommon_isRefused_thoughTheSoundHasOne() throws Refusal {
        String offer = CHROMIUM.replace("H264", "H265");
        Refusal refused = refuse(offer);
        assertEquals("No common codecs", refused.info());
        assertEquals("The offer has no H.264 in packetization mode 1", refused.getMessage());
        assertEquals(
                MediaKind.AUDIO,
                Offer.read(offer, new AnswerPreferences(false, 0, true, 2), new Random(1))
                        .tracks()
                        .get(0)
                        .kind(),
                "of a film without a picture the sound plays");
        assertEquals(
                Optional.empty(),
                Offer.read(CHROMIUM.replace("m=video 9", "m=video 0"), BOTH, new Random(1))
                        .leftOut(),
                "who asks for no picture misses none");
    }

    @Test
    void publisherWithoutH264_hasNoCommonCodecs() {
        String offer = Sdps.read("chromium-publish-offer").replace("H264", "VP9");
        Refusal refused =
                assertThrows(Refusal.class, () -> Offer.read(offer, AnswerPreferences.fromPublisher(), new Random(1)));
        assertEquals("No common codecs", refused.info());
    }

    @Test
    void offersTheOtherWayRound_areRefusedAsBadSdp() {
        assertEquals(BAD_SDP, refuse(Sdps.read("chromium-publish-offer")).info());
        Refusal refused = assertThrows(
                Refusal.class, () -> Offer.read(CHROMIUM, AnswerPreferences.fromPublisher(), new Random(1)));
        assertEquals(BAD_SDP, refused.info());
    }

    @Test
    void soundWithoutCodecInCommon_playsThePictureAlone_andSaysSo() throws Refusal {
        Offer offer = Offer.read(CHROMIUM.replace("opus", "speex"), BOTH, new Random(1));
        assertEquals(1, offer.tracks().size());
        assertEquals(Optional.of("There is no sound: the offer has no Opus"), offer.leftOut());
    }

    /** It has a transport of its own, which may be of no use where that of the picture is fine. */
    @ParameterizedTest
    @CsvSource({
        "a=ice-ufrag:.*, The offer has no ICE user name and password",
        "a=ice-pwd:.*, The offer has no ICE user name and password",
        "a=fingerprint:.*, The offer has no fingerprint by SHA-256 or better",
        "a=setup:actpass, 'The offer insists on setup:passive, but this server is the passive side'"
    })
    void soundApartThatCannotBeHad_isLeftOut_andThatIsSaid(String line, String why) throws Refusal {
        String bundled = CHROMIUM.replace("a=group:BUNDLE 0 1\r\n", "");
        int video = bundled.indexOf("m=video");
        String to = line.equals("a=setup:actpass") ? "a=setup:passive" : "a=x";
        String offer = bundled.substring(0, video).replaceFirst(line, to) + bundled.substring(video);
        for (boolean publishes : new boolean[] {false, true}) {
            Offer read = Offer.read(
                    publishes ? offer.replace("a=recvonly", "a=sendonly") : offer,
                    publishes ? AnswerPreferences.fromPublisher() : BOTH,
                    new Random(1));
            assertEquals(
                    List.of(MediaKind.VIDEO),
                    read.tracks().stream().map(Track::kind).toList());
            assertEquals(Optional.empty(), read.apart());
            assertEquals(Optional.of("There is no sound, as its connection is refused: " + why), read.leftOut());
        }
    }

    @Test
    void disabledSection_isNoOffer() {
        assertEquals(
                BAD_SDP,
                refuse(CHROMIUM.replace("m=audio 9", "m=audio 0").replace("m=video 9", "m=video 0"))
                        .info());
    }

    @Test
    void lineFeedsAlone_areAccepted() throws Refusal {
        assertEquals(
                2,
                Offer.read(CHROMIUM.replace("\r\n", "\n"), BOTH, new Random(1))
                        .tracks()
                        .size());
    }

    @Test
    void sizes_areBounded() {
        assertEquals(
                BAD_SDP,
                refuse("v=0\r\n" + "m=audio 9 UDP/TLS/RTP/SAVPF 0\r\n".repeat(33))
                        .info());
        assertEquals(BAD_SDP, refuse(CHROMIUM + "a=x:" + "y".repeat(9000)).info());
        assertEquals(BAD_SDP, refuse(CHROMIUM + "a=x\r\n".repeat(4001)).info());
    }

    @Test
    void everyTruncation_isAnsweredOrRefused() {
        for (int length = 0; length < CHROMIUM.length(); length++) {
            try {
                Offer offer = Offer.read(CHROMIUM.substring(0, length), BOTH, new Random(1));
                assertTrue(Answer.write(offer, Sdps.local()).endsWith("\r\n"));
            } catch (Refusal e) {
                assertTrue(e.info().length() > 0 && e.getMessage().length() > 0);
            }
        }
    }

    private static Refusal refuse(String sdp) {
        return assertThrows(Refusal.class, () -> Offer.read(sdp, BOTH, new Random(1)));
    }
}
