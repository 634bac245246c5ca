package org.reelcast.webrtc.sdp;

import java.util.List;
import java.util.Optional;
import org.reelcast.media.MediaKind;
import org.reelcast.refusal.Refusal;

/** Says why one of two kinds of media that a client wants is left out of the answer: silence would pass for a fault. */
final class LeftOut {

    private LeftOut() {}

    /**
     * @param wanted what the server has or takes
     * @param tracks what was agreed on; one or two
     * @return a sentence; empty when nothing is left out that the client has asked for
     */
    static Optional<String> of(SessionDescription description, AnswerPreferences wanted, List<Track> tracks) {
        if (tracks.size() > 1) {
            return Optional.empty();
        }
        MediaKind missing = tracks.get(0).kind() == MediaKind.VIDEO ? MediaKind.AUDIO : MediaKind.VIDEO;
        List<MediaSection> sections = description.sections().stream()
                .filter(section -> section.kind() == missing
                        && section.isRtpOverDtls()
                        && !section.isDisabled()
                        && section.isWilling(wanted.receive()))
                .toList();
        if (!wanted.wants(missing) || sections.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(absent(missing) + ": the offer " + reason(sections, missing));
    }

    /** The same of media that could have had a connection of its own. */
    static String refused(MediaKind missing, Refusal why) {
        return absent(missing) + ", as its connection is refused: " + why.getMessage();
    }

    private static String absent(MediaKind missing) {
        return "There is no " + (missing == MediaKind.AUDIO ? "sound" : "picture");
    }

    private static String reason(List<MediaSection> sections, MediaKind missing) {
        if (sections.stream().noneMatch(section -> section.attributes().has("rtcp-mux"))) {
            return "does not multiplex RTP and RTCP (rtcp-mux) there";
        }
        String codec = missing == MediaKind.AUDIO ? "opus" : "H264";
        boolean has = sections.stream()
                .flatMap(section -> PayloadType.of(section).stream())
                .anyMatch(type -> type.isEncoding(codec));
        return has
                ? "does not bundle it with the rest (a=group:BUNDLE)"
                : "has no " + (missing == MediaKind.AUDIO ? "Opus" : codec);
    }
}
