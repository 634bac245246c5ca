package org.reelcast.webrtc.sdp;

import java.util.List;
import org.reelcast.media.MediaKind;

/**
 * Sections of an offer that are answered inactive, within the bundle: the first of each kind that the stream lacks.
 * Half of the WebRTC stacks fail at an answer with a rejected one. Not those without {@code rtcp-mux}: all of a bundle
 * has it (RFC 8843 section 9.3), and the answer may have it only where the offer does (RFC 8035 section 3).
 */
final class IdleSections {

    private IdleSections() {}

    /**
     * Whether a section is one.
     *
     * @param receive whether the client publishes
     * @param tracks  what was agreed on
     */
    static boolean has(SessionDescription description, boolean receive, List<Track> tracks, int index) {
        List<MediaSection> sections = description.sections();
        MediaSection section = sections.get(index);
        MediaKind kind = section.kind();
        return !receive
                && kind != null
                && tracks.stream().noneMatch(track -> track.kind() == kind)
                && section.isRtpOverDtls()
                && !section.isDisabled()
                && section.attributes().has("rtcp-mux")
                && description.areBundled(tracks.get(0).mid(), section.mid())
                && sections.subList(0, index).stream().noneMatch(earlier -> earlier.kind() == kind);
    }

    /**
     * The section whose transport all that is answered has: the first of the answer's bundle (RFC 8843 section 7.3.1),
     * idle or not. Some stacks have an ICE user name for each section until they have read the answer.
     */
    static MediaSection tagged(SessionDescription description, boolean receive, List<Track> tracks) {
        int first = tracks.get(0).index();
        for (int i = 0; i < first; i++) {
            MediaSection section = description.sections().get(i);
            if (has(description, receive, tracks, i)
                    && description.inherited(section, "ice-ufrag") != null
                    && description.inherited(section, "ice-pwd") != null) {
                return section;
            }
        }
        return description.sections().get(first);
    }
}
