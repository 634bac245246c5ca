package org.reelcast.webrtc;

import org.reelcast.media.MediaKind;

/**
 * What is to be sent to a viewer.
 *
 * @param name           for the log, for instance the stream's name
 * @param video          whether there is H.264
 * @param profileLevelId profile_idc, constraint flags and level_idc from the SPS, a byte each; 0 without video
 * @param audio          whether there is Opus
 * @param audioChannels  1 or 2; 0 without audio
 * @param singleUnits    whether each NAL unit fits a packet, so that packetization mode 0 will do
 */
public record PeerRequest(
        String name, boolean video, int profileLevelId, boolean audio, int audioChannels, boolean singleUnits) {
    /** Constrained baseline, which all browsers have. */
    private static final int USUAL_PROFILE = 0x42E01F;

    /** With NAL units of any length. */
    public PeerRequest(String name, boolean video, int profileLevelId, boolean audio, int audioChannels) {
        this(name, video, profileLevelId, audio, audioChannels, false);
    }

    /** One kind of it alone, as if there was something of that kind. */
    public PeerRequest only(MediaKind kind) {
        return kind == MediaKind.VIDEO
                ? new PeerRequest(name, true, video ? profileLevelId : USUAL_PROFILE, false, 0, singleUnits)
                : new PeerRequest(name, false, 0, true, audio ? audioChannels : 2);
    }
}
