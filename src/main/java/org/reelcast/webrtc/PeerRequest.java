package org.reelcast.webrtc;

/**
 * What is to be sent to a viewer.
 *
 * @param name           for the log, for instance the stream's name
 * @param video          whether there is H.264
 * @param profileLevelId profile_idc, constraint flags and level_idc from the SPS, a byte each; 0 without video
 * @param audio          whether there is Opus
 * @param audioChannels  1 or 2; 0 without audio
 */
public record PeerRequest(String name, boolean video, int profileLevelId, boolean audio, int audioChannels) {
}
