package org.reelcast.webrtc.sdp;

import java.util.List;

/** The H.264 profiles that a profile-level-id can name (RFC 6184 section 8.1), and which to take for a file. */
enum H264Profile {
    CONSTRAINED_BASELINE,
    BASELINE,
    MAIN,
    CONSTRAINED_HIGH,
    HIGH,
    OTHER;

    /** The profile when the parameter is absent (RFC 6184 section 8.1). */
    private static final int DEFAULT_ID = 0x42000A;

    static H264Profile of(String profileLevelId) {
        if (profileLevelId == null) {
            return of(DEFAULT_ID);
        }
        try {
            return profileLevelId.length() == 6 ? of(Integer.parseInt(profileLevelId, 16)) : OTHER;
        } catch (NumberFormatException e) {
            return OTHER;
        }
    }

    /** @param id profile_idc, constraint flags and level_idc, a byte each, as they stand in an SPS */
    static H264Profile of(int id) {
        int profile = id >> 16 & 0xFF;
        boolean set0 = (id & 0x8000) != 0;
        boolean set1 = (id & 0x4000) != 0;
        boolean set4 = (id & 0x0800) != 0;
        boolean set5 = (id & 0x0400) != 0;
        switch (profile) {
            case 0x42:
                return set1 ? CONSTRAINED_BASELINE : BASELINE;
            case 0x4D:
                return set0 ? CONSTRAINED_BASELINE : MAIN;
            case 0x58:
                return set0 && set1 ? CONSTRAINED_BASELINE : set0 ? BASELINE : OTHER;
            case 0x64:
                return set4 && set5 ? CONSTRAINED_HIGH : HIGH;
            default:
                return OTHER;
        }
    }

    /**
     * Whether a decoder of this profile reads a stream of {@code other}: progressive, without reordered pictures, as all
     * that is sent.
     */
    boolean reads(H264Profile other) {
        return switch (other) {
            case CONSTRAINED_BASELINE, BASELINE -> true;
            case MAIN -> this == MAIN || this == CONSTRAINED_HIGH || this == HIGH;
            case CONSTRAINED_HIGH, HIGH -> this == CONSTRAINED_HIGH || this == HIGH;
            case OTHER -> this == OTHER;
        };
    }

    /**
     * What to look for in an offer when the file has this profile, best first: itself, those whose decoders read it
     * too, then the nearest. Browsers decode what their decoder can whatever the description says.
     */
    List<H264Profile> preference() {
        switch (this) {
            case CONSTRAINED_BASELINE:
                return List.of(CONSTRAINED_BASELINE, BASELINE, MAIN, CONSTRAINED_HIGH, HIGH, OTHER);
            case BASELINE:
                return List.of(BASELINE, CONSTRAINED_BASELINE, MAIN, CONSTRAINED_HIGH, HIGH, OTHER);
            case MAIN:
                return List.of(MAIN, HIGH, CONSTRAINED_HIGH, CONSTRAINED_BASELINE, BASELINE, OTHER);
            case CONSTRAINED_HIGH:
                return List.of(CONSTRAINED_HIGH, HIGH, MAIN, CONSTRAINED_BASELINE, BASELINE, OTHER);
            default:
                return List.of(HIGH, CONSTRAINED_HIGH, MAIN, CONSTRAINED_BASELINE, BASELINE, OTHER);
        }
    }
}
