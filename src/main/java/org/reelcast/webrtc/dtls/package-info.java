/** DTLS handshakes by Bouncy Castle: bounded, without a thread of their own, up to the keys for SRTP (RFC 5764). */
package org.reelcast.webrtc.dtls;
