package org.reelcast.webrtc.sdp;

import java.util.List;
import org.reelcast.media.MediaKind;
import org.reelcast.refusal.Refusal;

/** The H.264 that a viewer offers to take. */
public final class OfferedH264 {
    private final List<PayloadType> types;

    private OfferedH264(List<PayloadType> types) {
        this.types = types;
    }

    /** @throws Refusal when the offer cannot be read */
    public static OfferedH264 of(String sdp) throws Refusal {
        return new OfferedH264(SessionDescription.parse(sdp).sections().stream()
                .filter(section -> section.kind() == MediaKind.VIDEO)
                .filter(section -> !section.isDisabled() && section.isWilling(false))
                .flatMap(section -> PayloadType.of(section).stream())
                .filter(type -> type.isEncoding("H264"))
                .toList());
    }

    /** Whether it is there, but in packetization mode 0 alone, whose NAL units fit a packet (RFC 6184 section 6.2). */
    public boolean isSingleUnitsAlone() {
        return !types.isEmpty()
                && types.stream().noneMatch(type -> type.packetizationMode().equals("1"));
    }

    /**
     * Whether none of the profiles offered has all that a stream of that one may.
     *
     * @param profileLevelId of the stream, as in {@link AnswerPreferences}
     */
    public boolean lacksProfile(int profileLevelId) {
        H264Profile own = H264Profile.of(profileLevelId);
        return !types.isEmpty()
                && types.stream()
                        .noneMatch(type -> H264Profile.of(type.parameter("profile-level-id"))
                                .reads(own));
    }
}
