package org.reelcast.webrtc.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.reelcast.media.MediaKind;
import org.reelcast.refusal.Refusal;

/**
 * An offer from a client that wants to play or to publish, matched with what the server has or takes.
 *
 * @param description  the offer
 * @param receive      whether the client publishes
 * @param tracks       what was agreed on, in the order of the offer; one or two, never empty
 * @param ufrag        the client's ICE user name fragment (RFC 8839 section 5.4)
 * @param password     the client's ICE password (RFC 8839 section 5.4)
 * @param fingerprints of the client's certificate; matching one is enough
 * @param leftOut      media that the client wants and that cannot be had by this offer, a sentence; empty for none
 * @param apart        the kind that the client has a transport of its own for, beside that of {@code tracks},
 *                     since the offer does not bundle them (RFC 8843 section 7.3); empty for none
 */
public record Offer(
        SessionDescription description,
        boolean receive,
        List<Track> tracks,
        String ufrag,
        String password,
        List<Fingerprint> fingerprints,
        Optional<String> leftOut,
        Optional<MediaKind> apart) {

    /**
     * Reads an offer and chooses.
     *
     * @param random where SSRCs come from
     * @throws Refusal when it is broken, wants a transport that is not served, or has no codec in common
     */
    public static Offer read(String sdp, AnswerPreferences preferences, RandomGenerator random) throws Refusal {
        SessionDescription description = SessionDescription.parse(sdp);
        List<Track> found = new ArrayList<>();
        boolean direction = false;
        boolean mux = false;
        for (int i = 0; i < description.sections().size(); i++) {
            MediaSection section = description.sections().get(i);
            MediaKind kind = section.kind();
            if (!section.isRtpOverDtls() || section.isDisabled() || kind == null) {
                continue;
            }
            boolean willing = section.isWilling(preferences.receive());
            direction |= willing;
            mux |= section.attributes().has("rtcp-mux");
            boolean taken = found.stream().anyMatch(t -> t.kind() == kind);
            if (willing && section.attributes().has("rtcp-mux") && !taken && preferences.wants(kind)) {
                Track track = Negotiator.choose(i, section, preferences, random);
                if (track == null && kind == MediaKind.VIDEO) {
                    // sound without its picture would pass for a fault of the server's
                    throw Refusals.noCommonCodecs(
                            "The offer has no H.264" + (preferences.receive() ? "" : " in packetization mode 1"));
                } else if (track != null) {
                    found.add(track);
                }
            }
        }
        if (!direction) {
            throw Refusals.bad("The offer has no audio or video over DTLS that its sender wants to "
                    + (preferences.receive() ? "send" : "receive"));
        }
        if (!mux) {
            throw Refusals.bad("The offer does not multiplex RTP and RTCP (rtcp-mux)");
        }
        if (found.isEmpty()) {
            throw Refusals.noCommonCodecs(
                    preferences.receive()
                            ? "The offer has neither H.264 nor Opus"
                            : "The offer has no use for what the file has: " + (preferences.video() ? "video" : "")
                                    + (preferences.video() && preferences.audio() ? " and " : "")
                                    + (preferences.audio() ? "audio" : ""));
        }
        List<Track> tracks = bundled(description, found);
        Optional<MediaKind> apart = apart(description, preferences, found, tracks);
        Optional<String> leftOut = apart.filter(preferences::wants).isPresent()
                ? refused(description, preferences, found, apart.get())
                : LeftOut.of(description, preferences, tracks);
        OfferedTransport transport = OfferedTransport.of(description, preferences.receive(), tracks);
        return new Offer(
                description,
                preferences.receive(),
                List.copyOf(tracks),
                transport.ufrag(),
                transport.password(),
                transport.fingerprints(),
                leftOut,
                leftOut.isPresent() ? Optional.empty() : apart);
    }

    /**
     * To a client that plays also of a kind that the stream lacks: GStreamer's webrtcbin begins with none of its
     * transports when the answer rejects one.
     */
    private static Optional<MediaKind> apart(
            SessionDescription description, AnswerPreferences preferences, List<Track> found, List<Track> tracks) {
        if (tracks.size() > 1) {
            return Optional.empty();
        }
        MediaKind other = tracks.get(0).kind() == MediaKind.VIDEO ? MediaKind.AUDIO : MediaKind.VIDEO;
        boolean offered = description.sections().stream()
                .filter(section -> section.kind() == other)
                .findFirst()
                .filter(section -> section.isRtpOverDtls()
                        && !section.isDisabled()
                        && section.isWilling(preferences.receive())
                        && section.attributes().has("rtcp-mux")
                        && !description.areBundled(section.mid(), tracks.get(0).mid()))
                .isPresent();
        return offered && (found.size() > 1 || !preferences.receive() && !preferences.wants(other))
                ? Optional.of(other)
                : Optional.empty();
    }

    /** Of two tracks that are not in one bundle the picture: the sound has a transport of its own. */
    private static List<Track> bundled(SessionDescription description, List<Track> tracks) {
        if (tracks.size() == 1) {
            return tracks;
        }
        if (description.areBundled(tracks.get(0).mid(), tracks.get(1).mid())) {
            return tracks;
        }
        return List.of(tracks.get(0).kind() == MediaKind.VIDEO ? tracks.get(0) : tracks.get(1));
    }

    /** What is not in one bundle with the rest has a transport that may be of no use, and is left out then. */
    private static Optional<String> refused(
            SessionDescription description, AnswerPreferences preferences, List<Track> found, MediaKind apart) {
        try {
            OfferedTransport.of(
                    description,
                    preferences.receive(),
                    found.stream().filter(track -> track.kind() == apart).toList());
            return Optional.empty();
        } catch (Refusal e) {
            return Optional.of(LeftOut.refused(apart, e));
        }
    }

    /** The track of that kind, null when there is none. */
    public Track track(MediaKind kind) {
        for (Track track : tracks) {
            if (track.kind() == kind) {
                return track;
            }
        }
        return null;
    }
}
