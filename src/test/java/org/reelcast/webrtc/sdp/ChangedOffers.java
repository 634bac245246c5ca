package org.reelcast.webrtc.sdp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Chromium's offer changed in the ways in which those of other clients differ, each by name. */
final class ChangedOffers {
    private static final String OFFER =
            Sdps.read("chromium-offer").replace("\r\n", "\n").replace("\n", "\r\n");
    private static final String FINGERPRINT = "a=fingerprint:sha-256 ";
    private static final String WRONG = "BB:".repeat(31) + "BB";

    private final Map<String, String> offers = new LinkedHashMap<>();

    private ChangedOffers() {}

    static Map<String, String> all() {
        ChangedOffers made = new ChangedOffers();
        made.sections();
        made.codecs();
        made.bundle();
        made.transport();
        made.directions();
        made.packets();
        return made.offers;
    }

    private void add(String name, UnaryOperator<String> change) {
        String changed = change.apply(OFFER);
        if (offers.put(name, changed) != null || changed.equals(OFFER) != name.equals("as it is")) {
            throw new IllegalStateException(name + " changes nothing, or is there twice");
        }
    }

    private static int at(String offer, String kind) {
        return offer.indexOf("m=" + kind);
    }

    private static String head(String offer) {
        return offer.substring(0, at(offer, "audio"));
    }

    private static String audio(String offer) {
        return offer.substring(at(offer, "audio"), at(offer, "video"));
    }

    private static String video(String offer) {
        return offer.substring(at(offer, "video"));
    }

    private static String without(String offer, String lines) {
        return Pattern.compile("(?m)^" + lines + ".*\r\n").matcher(offer).replaceAll("");
    }

    /** The payload types of the picture cut down to these. */
    private static String pictures(String offer, String types) {
        String cut = video(offer).replaceFirst("SAVPF [0-9 ]+", "SAVPF " + types);
        for (String type : "96 97 102 103 104 108 109 41 42 118".split(" ")) {
            if (!List.of(types.split(" ")).contains(type)) {
                cut = without(cut, "a=(rtpmap|fmtp|rtcp-fb):" + type + " ");
            }
        }
        return head(offer) + audio(offer) + cut;
    }

    private static String data(int mid) {
        return "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\na=ice-ufrag:Cfrg\r\n"
                + "a=ice-pwd:0123456789abcdefghijklmn\r\na=setup:actpass\r\na=mid:" + mid + "\r\na=sctp-port:5000\r\n";
    }

    private void sections() {
        add("as it is", offer -> offer);
        add("sound alone", offer -> head(offer).replace("BUNDLE 0 1", "BUNDLE 0") + audio(offer));
        add("picture alone", offer -> head(offer).replace("BUNDLE 0 1", "BUNDLE 1") + video(offer));
        add(
                "picture before sound",
                offer -> head(offer).replace("BUNDLE 0 1", "BUNDLE 1 0") + video(offer) + audio(offer));
        add(
                "two sounds",
                offer -> offer.replace("BUNDLE 0 1", "BUNDLE 0 1 2")
                        + audio(offer).replace("a=mid:0", "a=mid:2"));
        add(
                "two pictures",
                offer -> offer.replace("BUNDLE 0 1", "BUNDLE 0 1 2")
                        + video(offer).replace("a=mid:1", "a=mid:2"));
        add(
                "data first",
                offer -> head(offer).replace("BUNDLE 0 1", "BUNDLE 2 0 1") + data(2) + audio(offer) + video(offer));
        add("data last", offer -> offer.replace("BUNDLE 0 1", "BUNDLE 0 1 2") + data(2));
        add("sound rejected", offer -> offer.replace("m=audio 9", "m=audio 0"));
        add("picture rejected", offer -> offer.replace("m=video 9", "m=video 0"));
        add(
                "picture bundle-only",
                offer -> offer.replace("m=video 9", "m=video 0").replace("a=mid:1", "a=mid:1\r\na=bundle-only"));
        add("simulcast", offer -> offer + "a=rid:h recv\r\na=rid:l recv\r\na=simulcast:recv h;l\r\n");
    }

    private void codecs() {
        add("H.264 last", offer -> offer.replace("96 97 102 103 104 108 109 41 42 118", "96 97 118 108 109"));
        add("42e01f mode 1 alone", offer -> pictures(offer, "108 109"));
        add("42e01f mode 0 alone", offer -> pictures(offer, "104"));
        add("4d001f alone", offer -> pictures(offer, "41 42"));
        add("VP8 alone", offer -> pictures(offer, "96 97"));
        add(
                "fmtp in capitals",
                offer -> offer.replaceAll("(?i)packetization-mode", "PACKETIZATION-MODE")
                        .replaceAll("(?i)profile-level-id=([0-9a-f]+)", "PROFILE-LEVEL-ID=$1"));
        add("profile in capitals", offer -> offer.replace("42e01f", "42E01F"));
        add("fmtp with blanks", offer -> offer.replace(";", "; "));
        add("h264 in small letters", offer -> offer.replace("H264/", "h264/"));
        add("OPUS in capitals", offer -> offer.replace("opus/48000/2", "OPUS/48000/2"));
        add("opus of one channel", offer -> offer.replace("opus/48000/2", "opus/48000"));
        add("RED before Opus", offer -> offer.replace("SAVPF 111 63 0", "SAVPF 63 111 0"));
        add(
                "no Opus",
                offer -> without(offer.replace("SAVPF 111 63 0", "SAVPF 0"), "a=(rtpmap|fmtp|rtcp-fb):(111|63) "));
        add("no retransmission", offer -> without(without(offer, "a=rtpmap:[0-9]+ rtx"), "a=fmtp:[0-9]+ apt"));
        add("no feedback", offer -> without(offer, "a=rtcp-fb:"));
        add("feedback for all", offer -> without(offer, "a=rtcp-fb:") + "a=rtcp-fb:* nack\r\na=rtcp-fb:* nack pli\r\n");
        add("payload type 35", offer -> offer.replaceAll("\\b108\\b", "35"));
    }

    private void bundle() {
        add("no BUNDLE", offer -> without(offer, "a=group:"));
        add("picture alone in BUNDLE", offer -> offer.replace("BUNDLE 0 1", "BUNDLE 1"));
        add(
                "mids are words",
                offer -> offer.replace("BUNDLE 0 1", "BUNDLE audio video")
                        .replace("a=mid:0", "a=mid:audio")
                        .replace("a=mid:1", "a=mid:video"));
        add(
                "mids of 40 characters",
                offer -> offer.replace("BUNDLE 0 1", "BUNDLE " + "a".repeat(40) + " " + "v".repeat(40))
                        .replace("a=mid:0", "a=mid:" + "a".repeat(40))
                        .replace("a=mid:1", "a=mid:" + "v".repeat(40)));
        add(
                "no BUNDLE, and the sound's setup passive",
                offer -> without(head(offer), "a=group:") + audio(offer).replace("actpass", "passive") + video(offer));
        add("no mids", offer -> without(offer, "a=mid:"));
        add("no rtcp-mux in the sound", offer -> head(offer) + without(audio(offer), "a=rtcp-mux") + video(offer));
        add("no rtcp-mux in the picture", offer -> head(offer) + audio(offer) + without(video(offer), "a=rtcp-mux"));
        add("no rtcp-mux", offer -> without(offer, "a=rtcp-mux"));
        add("no rtcp-rsize", offer -> without(offer, "a=rtcp-rsize"));
        add("no extmap", offer -> without(offer, "a=extmap:"));
        add("extmap 20", offer -> offer.replace("a=extmap:4 ", "a=extmap:20 "));
        add(
                "extmap at session level",
                offer -> without(offer, "a=extmap:4 ")
                        .replaceFirst(
                                "a=msid-semantic",
                                "a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid\r\na=msid-semantic"));
    }

    private void transport() {
        add("ICE at session level", offer -> atSession(offer, "a=ice-"));
        add("fingerprint at session level", offer -> atSession(offer, "a=fingerprint:"));
        add("setup at session level", offer -> atSession(offer, "a=setup:"));
        add("lines end in LF", offer -> offer.replace("\r\n", "\n"));
        add("fingerprint in small letters", offer -> offer.replace("AA:", "aa:"));
        add("SHA-256 in capitals", offer -> offer.replace("fingerprint:sha-256", "fingerprint:SHA-256"));
        add(
                "wrong SHA-512 beside SHA-256",
                offer -> offer.replace(
                        FINGERPRINT, "a=fingerprint:sha-512 " + WRONG + ":" + WRONG + "\r\n" + FINGERPRINT));
        add("SHA-384 alone", offer -> fingerprint(offer, "sha-384 " + "DD:".repeat(47) + "DD"));
        add("SHA-512 alone", offer -> fingerprint(offer, "sha-512 " + "DD:".repeat(63) + "DD"));
        // whether it is the certificate's is seen when that comes: see FingerprintTest
        add("wrong SHA-512 alone", offer -> fingerprint(offer, "sha-512 " + WRONG + ":" + WRONG));
        add(
                "SHA-1 beside SHA-256",
                offer ->
                        offer.replace(FINGERPRINT, "a=fingerprint:sha-1 " + "CC:".repeat(19) + "CC\r\n" + FINGERPRINT));
        add("SHA-1 alone", offer -> fingerprint(offer, "sha-1 " + "CC:".repeat(19) + "CC"));
        add("no fingerprint", offer -> without(offer, "a=fingerprint"));
        add("setup active", offer -> offer.replace("actpass", "active"));
        add("no setup", offer -> without(offer, "a=setup:"));
        add("setup passive", offer -> offer.replace("actpass", "passive"));
        add("setup holdconn", offer -> offer.replace("actpass", "holdconn"));
        add(
                "candidates of TCP",
                offer -> offer.replace(
                        "a=setup",
                        "a=candidate:1 1 tcp 1518280447 192.0.2.1 9 typ host" + " tcptype active\r\na=setup"));
        add(
                "candidates of IPv6 alone",
                offer -> offer.replace(
                        "a=setup", "a=candidate:1 1 udp 2122262783 2001:db8::7 53422 typ host\r\na=setup"));
        add(
                "candidates are garbage",
                offer -> offer.replace("a=setup", "a=candidate:\r\na=candidate:x y z\r\na=setup"));
        add("end of candidates", offer -> offer.replace("a=setup", "a=end-of-candidates\r\na=setup"));
        add("protocol RTP/SAVPF", offer -> offer.replace("UDP/TLS/RTP/SAVPF", "RTP/SAVPF"));
        add("protocol UDP/TLS/RTP/SAVP", offer -> offer.replace("UDP/TLS/RTP/SAVPF", "UDP/TLS/RTP/SAVP"));
        add("protocol TCP/DTLS/RTP/SAVPF", offer -> offer.replace("UDP/TLS/RTP/SAVPF", "TCP/DTLS/RTP/SAVPF"));
    }

    private static String fingerprint(String offer, String only) {
        return offer.replaceAll("a=fingerprint[^\r]*", "a=fingerprint:" + only);
    }

    private static String atSession(String offer, String start) {
        List<String> moved = new ArrayList<>();
        for (String line : audio(offer).split("\r\n")) {
            if (line.startsWith(start)) {
                moved.add(line);
            }
        }
        String rest = without(offer, Pattern.quote(start));
        return head(rest) + String.join("\r\n", moved) + "\r\n" + rest.substring(at(rest, "audio"));
    }

    private void directions() {
        add("sendrecv", offer -> offer.replace("a=recvonly", "a=sendrecv"));
        add("no direction", offer -> without(offer, "a=recvonly"));
        add("sendonly", offer -> offer.replace("a=recvonly", "a=sendonly"));
        add("inactive", offer -> offer.replace("a=recvonly", "a=inactive"));
        add("sound inactive", offer -> offer.replaceFirst("a=recvonly", "a=inactive"));
        add(
                "direction at session level",
                offer -> without(offer, "a=recvonly").replaceFirst("a=msid-semantic", "a=recvonly\r\na=msid-semantic"));
    }

    private void packets() {
        add("ptime 20", offer -> head(offer) + audio(offer) + "a=ptime:20\r\n" + video(offer));
        add("maxptime 60", offer -> head(offer) + audio(offer) + "a=maxptime:60\r\n" + video(offer));
        add("no fmtp of Opus", offer -> without(offer, "a=fmtp:111 "));
        add(
                "bitrate and mono",
                offer -> offer.replace("useinbandfec=1", "useinbandfec=1;maxaveragebitrate=24000;stereo=0"));
        add("no FEC", offer -> offer.replace(";useinbandfec=1", ""));
    }
}
