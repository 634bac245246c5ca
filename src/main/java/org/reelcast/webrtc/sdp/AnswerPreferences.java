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
 */
public record AnswerPreferences(boolean receive, boolean video, int profileLevelId, boolean audio, int audioChannels) {
    /** Constrained baseline: what every viewer's browser decodes. */
    private static final int PUBLISHED_PROFILE = 0x42E01F;

    /** To send what a file or stream has. */
    public AnswerPreferences(boolean video, int profileLevelId, boolean audio, int audioChannels) {
        this(false, video, profileLevelId, audio, audioChannels);
    }

    /** Whether there is media of that kind to send, or may be received. */
    boolean wants(MediaKind kind) {
        return kind == MediaKind.VIDEO ? video : audio;
    }

    /** To receive whatever a publisher has. */
    public static AnswerPreferences fromPublisher() {
        return new AnswerPreferences(true, true, PUBLISHED_PROFILE, true, 0);
    }
}
