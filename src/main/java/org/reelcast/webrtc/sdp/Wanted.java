package org.reelcast.webrtc.sdp;

/**
 * What the file has to send.
 *
 * @param video          whether there is H.264
 * @param profileLevelId profile_idc, constraint flags and level_idc of the file's SPS, a byte each
 * @param audio          whether there is Opus
 * @param audioChannels  1 or 2
 */
public record Wanted(boolean video, int profileLevelId, boolean audio, int audioChannels) {
}
