/** Viewers by WebRTC: a frame is cut into RTP payloads once, and sent to each viewer's peer connection. */
package org.reelcast.output.webrtc;
