package org.reelcast.webrtc.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.reelcast.media.MediaKind;

/** Chooses payload type, feedback and header extensions in one offered section. */
final class Negotiator {
    static final String MID = "urn:ietf:params:rtp-hdrext:sdes:mid";
    static final String ORIENTATION = "urn:3gpp:video-orientation";
    static final String SEND_TIME = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time";

    private Negotiator() {}

    /** @return null when the section has no codec in common with what is wanted */
    static Track choose(int index, MediaSection section, AnswerPreferences preferences, RandomGenerator random) {
        boolean video = section.kind() == MediaKind.VIDEO;
        List<PayloadType> types = PayloadType.of(section);
        PayloadType codec = video ? h264(types, preferences) : opus(types);
        if (codec == null) {
            return null;
        }
        boolean receive = preferences.receive();
        PayloadType rtx = video ? codec.retransmission(types) : null;
        return new Track(
                index,
                section.mid(),
                section.kind(),
                codec.number(),
                codec.rtpmap(),
                video ? h264Parameters(codec) : opusParameters(codec, preferences),
                rtx == null ? -1 : rtx.number(),
                ssrc(random),
                ssrc(random),
                extension(section, MID, receive),
                video ? extension(section, ORIENTATION, receive) : 0,
                receive ? extension(section, SEND_TIME, true) : 0,
                codec.feedback().contains(PayloadType.NACK),
                codec.feedback().contains(PayloadType.PLI),
                codec.feedback().contains(PayloadType.FIR),
                (video || receive) && codec.feedback().contains(PayloadType.REMB),
                section.attributes().has("rtcp-rsize"),
                video || receive ? AudioLimits.NONE : AudioLimits.of(section, codec));
    }

    private static PayloadType opus(List<PayloadType> types) {
        for (PayloadType type : types) {
            if (type.isEncoding("opus") && type.isRate("48000")) {
                return type;
            }
        }
        return null;
    }

    /**
     * Frames are larger than packets, so only packetization mode 1 will do for sending (RFC 6184 section 6.3), unless
     * their NAL units are made so that they are not; a publisher may use mode 0 when it has no other.
     */
    private static PayloadType h264(List<PayloadType> types, AnswerPreferences preferences) {
        PayloadType best = h264(types, "1", preferences.profileLevelId());
        return best == null && preferences.mode0() ? h264(types, "0", preferences.profileLevelId()) : best;
    }

    private static PayloadType h264(List<PayloadType> types, String mode, int profileLevelId) {
        List<PayloadType> candidates = new ArrayList<>();
        for (PayloadType type : types) {
            if (type.isEncoding("H264") && mode.equals(type.packetizationMode())) {
                candidates.add(type);
            }
        }
        for (H264Profile profile : H264Profile.of(profileLevelId).preference()) {
            for (PayloadType type : candidates) {
                if (H264Profile.of(type.parameter("profile-level-id")) == profile) {
                    return type;
                }
            }
        }
        return null;
    }

    /** The answer repeats the offered configuration: mode and profile are symmetric (RFC 6184 section 8.2.2). */
    private static String h264Parameters(PayloadType type) {
        StringBuilder text = new StringBuilder();
        for (String name : new String[] {"level-asymmetry-allowed", "packetization-mode", "profile-level-id"}) {
            String value = type.parameter(name);
            if (value != null) {
                text.append(text.length() == 0 ? "" : ";")
                        .append(name)
                        .append('=')
                        .append(value);
            }
        }
        return text.toString();
    }

    /**
     * Tells the client that stereo is to come, or that it may send stereo when it said it would (RFC 7587 section 6.1).
     */
    private static String opusParameters(PayloadType type, AnswerPreferences preferences) {
        String stereo =
                preferences.audioChannels() > 1 && !"0".equals(type.parameter("stereo")) ? "sprop-stereo=1" : "";
        if (preferences.receive()
                && ("1".equals(type.parameter("sprop-stereo")) || "1".equals(type.parameter("stereo")))) {
            stereo = "stereo=1";
        }
        String fec = type.parameter("useinbandfec") == null ? "" : "minptime=10;useinbandfec=1";
        return stereo.isEmpty() || fec.isEmpty() ? stereo + fec : fec + ";" + stereo;
    }

    /** The id of a header extension for the media's direction, 0 when not offered or unfit for the one-byte form. */
    private static int extension(MediaSection section, String uri, boolean receive) {
        for (String value : section.attributes().all("extmap")) {
            String[] parts = value.split(" +", 3);
            if (parts.length < 2 || !parts[1].equals(uri)) {
                continue;
            }
            String[] key = parts[0].split("/", 3);
            boolean fits =
                    key.length == 1 || !key[1].equals(receive ? "recvonly" : "sendonly") && !key[1].equals("inactive");
            if (fits && key[0].matches("[0-9]{1,2}")) {
                int id = Integer.parseInt(key[0]);
                // RFC 8285 section 4.2: ids of one-byte headers
                return id >= 1 && id <= 14 ? id : 0;
            }
        }
        return 0;
    }

    private static int ssrc(RandomGenerator random) {
        int ssrc = random.nextInt();
        return ssrc == 0 ? 1 : ssrc;
    }
}
