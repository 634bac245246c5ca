package org.reelcast.output.webrtc;

/**
 * What a viewer is sent.
 *
 * @param width  in pixels, 0 without video
 * @param height in pixels, 0 without video
 */
public record PlaybackFormat(boolean hasVideo, boolean hasAudio, int width, int height) {
}
