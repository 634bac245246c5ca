package org.reelcast.webrtc.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes the answer to an {@link Offer} (RFC 3264, RFC 8829, RFC 8843): the same media sections in the same order, all
 * that is accepted in one bundle. A section of a kind that the stream lacks stays in the bundle, inactive (RFC 3264
 * section 6.1): half of the WebRTC stacks fail at an answer with a rejected one. Plain string work; the order of the
 * lines is what clients that edit them expect, the chosen payload type first and its parameters directly after its
 * rtpmap. Of simulcast nothing is answered, so that a publisher sends one picture (RFC 8853 section 5.3.2).
 */
public final class Answer {
    private static final String STREAM = "reelcast";
    /** Where a media section begins. */
    private static final String SECTION = "(?m)^(?=m=)";

    private final Offer offer;
    private final LocalParameters local;
    private final StringBuilder text = new StringBuilder(2048);
    private boolean candidates;

    private Answer(Offer offer, LocalParameters local) {
        this.offer = offer;
        this.local = local;
    }

    /** @return the answer, lines ending in CR LF */
    public static String write(Offer offer, LocalParameters local) {
        return new Answer(offer, local).write();
    }

    /**
     * One answer of two to the same offer, each of which accepts other sections, with a transport of its own (RFC 8843
     * section 7.3.3: what is not bundled has its own).
     */
    public static String join(String first, String second) {
        String[] sections = first.split(SECTION);
        String[] others = second.split(SECTION);
        for (int i = 1; i < sections.length; i++) {
            if (others[i].split(" ", 3)[1].equals("0")) {
                continue;
            }
            sections[i] = others[i];
        }
        return String.join("", sections).replaceFirst("a=group:BUNDLE [^\r]*\r\n", "");
    }

    private String write() {
        line("v=0");
        line("o=- " + local.sessionId() + " 1 IN " + network() + " " + local.address());
        line("s=-");
        line("t=0 0");
        List<MediaSection> sections = offer.description().sections();
        List<String> mids = new ArrayList<>();
        for (int i = 0; i < sections.size(); i++) {
            if (sections.get(i).mid() != null && (trackAt(i) != null || isIdle(i))) {
                mids.add(sections.get(i).mid());
            }
        }
        if (!mids.isEmpty() && offer.description().session().has("group")) {
            line("a=group:BUNDLE " + String.join(" ", mids));
        }
        line("a=ice-lite");
        if (!offer.receive()) {
            line("a=msid-semantic:WMS " + STREAM);
        }
        for (int i = 0; i < sections.size(); i++) {
            Track track = trackAt(i);
            if (track != null) {
                accept(sections.get(i), track);
            } else if (isIdle(i)) {
                idle(sections.get(i));
            } else {
                reject(sections.get(i));
            }
        }
        return text.toString();
    }

    private Track trackAt(int index) {
        for (Track track : offer.tracks()) {
            if (track.index() == index) {
                return track;
            }
        }
        return null;
    }

    private boolean isIdle(int index) {
        return IdleSections.has(offer.description(), offer.receive(), offer.tracks(), index);
    }

    /** A section that carries nothing, with one format: some refuse any that is not explained. */
    private void idle(MediaSection section) {
        Set<String> explained = section.attributes().all("rtpmap").stream()
                .map(value -> value.split(" ", 2)[0])
                .collect(Collectors.toSet());
        String format = section.formats().stream()
                .filter(explained::contains)
                .findFirst()
                .orElse(section.formats().get(0));
        line("m=" + section.type() + " " + local.port() + " " + section.protocol() + " " + format);
        transport();
        line("a=mid:" + section.mid());
        line("a=inactive");
        line("a=rtcp-mux");
        formats(section, Set.of(format));
    }

    /**
     * Nothing but the port has to be in it (RFC 8829 section 5.3.1), and it is in no bundle (RFC 8843 section 7.3.3).
     * But some stacks, webrtcbin among them, look for ICE and DTLS in each section, and fail where they are not.
     */
    private void reject(MediaSection section) {
        line("m=" + section.type() + " 0 " + section.protocol() + " " + String.join(" ", section.formats()));
        line("c=IN IP4 0.0.0.0");
        credentials();
        if (section.mid() != null) {
            line("a=mid:" + section.mid());
        }
        line("a=inactive");
        if (section.kind() != null) {
            formats(section, Set.copyOf(section.formats()));
        }
    }

    /** What the offer says of these formats. */
    private void formats(MediaSection section, Set<String> formats) {
        for (String name : List.of("rtpmap", "fmtp")) {
            for (String value : section.attributes().all(name)) {
                if (formats.contains(value.split(" ", 2)[0])) {
                    line("a=" + name + ":" + value);
                }
            }
        }
    }

    /** The same in all sections; candidates stand in the first one. */
    private void transport() {
        line("c=IN " + network() + " " + local.address());
        line("a=rtcp:" + local.port() + " IN " + network() + " " + local.address());
        if (!candidates) {
            candidates = true;
            for (String candidate : local.candidates()) {
                line("a=candidate:" + candidate);
            }
            line("a=end-of-candidates");
        }
        credentials();
    }

    private void credentials() {
        line("a=ice-ufrag:" + local.ufrag());
        line("a=ice-pwd:" + local.password());
        line("a=fingerprint:" + local.fingerprint());
        line("a=setup:passive");
    }

    private void accept(MediaSection section, Track track) {
        line("m=" + section.type() + " " + local.port() + " " + section.protocol() + " " + track.payloadType()
                + (track.hasRtx() ? " " + track.rtxPayloadType() : ""));
        transport();
        if (track.mid() != null) {
            line("a=mid:" + track.mid());
        }
        extension(track.midExtension(), Negotiator.MID);
        extension(track.orientationExtension(), Negotiator.ORIENTATION);
        extension(track.sendTimeExtension(), Negotiator.SEND_TIME);
        line(offer.receive() ? "a=recvonly" : "a=sendonly");
        if (!offer.receive()) {
            line("a=msid:" + STREAM + " " + trackId(track));
        }
        line("a=rtcp-mux");
        if (track.reducedSize()) {
            line("a=rtcp-rsize");
        }
        codec(track);
        if (!offer.receive()) {
            sources(track);
        }
    }

    private void codec(Track track) {
        line("a=rtpmap:" + track.payloadType() + " " + track.rtpmap());
        if (!track.fmtp().isEmpty()) {
            line("a=fmtp:" + track.payloadType() + " " + track.fmtp());
        }
        feedback(track.nack(), track, "nack");
        feedback(track.pli(), track, "nack pli");
        feedback(track.fir(), track, "ccm fir");
        feedback(track.remb(), track, "goog-remb");
        if (track.hasRtx()) {
            line("a=rtpmap:" + track.rtxPayloadType() + " rtx/90000");
            line("a=fmtp:" + track.rtxPayloadType() + " apt=" + track.payloadType());
        }
        if (track.sound().packetMs() > 0) {
            line("a=ptime:" + track.sound().packetMs());
        }
    }

    private void sources(Track track) {
        if (track.hasRtx()) {
            line("a=ssrc-group:FID " + unsigned(track.ssrc()) + " " + unsigned(track.rtxSsrc()));
        }
        source(track, track.ssrc());
        if (track.hasRtx()) {
            source(track, track.rtxSsrc());
        }
    }

    private void source(Track track, int ssrc) {
        line("a=ssrc:" + unsigned(ssrc) + " cname:" + local.cname());
        line("a=ssrc:" + unsigned(ssrc) + " msid:" + STREAM + " " + trackId(track));
    }

    private void feedback(boolean agreed, Track track, String value) {
        if (agreed) {
            line("a=rtcp-fb:" + track.payloadType() + " " + value);
        }
    }

    private void extension(int id, String uri) {
        if (id > 0) {
            line("a=extmap:" + id + " " + uri);
        }
    }

    private static String trackId(Track track) {
        return track.kind().token();
    }

    private String network() {
        return local.address().indexOf(':') < 0 ? "IP4" : "IP6";
    }

    private static String unsigned(int ssrc) {
        return Integer.toUnsignedString(ssrc);
    }

    private void line(String content) {
        text.append(content).append("\r\n");
    }
}
