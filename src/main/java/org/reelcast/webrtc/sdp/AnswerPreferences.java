package org.reelcast.webrtc.sdp;

import org.reelcast.media.MediaKind;

/**
 * Preferences of the server for its answer to an offer: which media it wants, in which direction.
 *
 * @param receive        whether it is to receive what the client sends, instead of sending
 * @param video          whether there is H.264 to send, or may be received
 * @param profileLevelId the H.264 profile to look for first: profile_idc, constraint flags and level_idc of the file's
 *                       SPS, a byte each
 * @param audio          whether there is Opus to send, or may be received
 * @param audioChannels  1 or 2 to send; unused when receiving
 * @param mode0          whether H.264 may go in packetization mode 0, where there is no other (RFC 6184 section 6.2)
 */
public record AnswerPreferences(
        boolean receive, boolean video, int profileLevelId, boolean audio, int audioChannels, boolean mode0) {
    /** Constrained baseline: what every viewer's browser decodes. */
    private static final int PUBLISHED_PROFILE = 0x42E01F;

    /** To send what a file or stream has. */
    public AnswerPreferences(boolean video, int profileLevelId, boolean audio, int audioChannels, boolean mode0) {
        this(false, video, profileLevelId, audio, audioChannels, mode0);
    }

    /** The same, H.264 in packetization mode 1. */
    public AnswerPreferences(boolean video, int profileLevelId, boolean audio, int audioChannels) {
        this(video, profileLevelId, audio, audioChannels, false);
    }

    /** Whether there is media of that kind to send, or may be received. */
    boolean wants(MediaKind kind) {
        return kind == MediaKind.VIDEO ? video : audio;
    }

    /** To receive whatever a publisher has. */
    public static AnswerPreferences fromPublisher() {
        return new AnswerPreferences(true, true, PUBLISHED_PROFILE, true, 0, true);
    }

    /** To receive one kind alone of what a publisher has. */
    public static AnswerPreferences fromPublisher(MediaKind kind) {
        return new AnswerPreferences(
                true, kind == MediaKind.VIDEO, PUBLISHED_PROFILE, kind == MediaKind.AUDIO, 0, true);
    }
}
