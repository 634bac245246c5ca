/** One WebRTC peer connection, to play or to publish: ICE, DTLS, SRTP and RTP put together on a media loop. */
package org.reelcast.webrtc;
