/** SDP offers and answers (RFC 8866, RFC 8829): what is read of an offer, what is answered to it. */
package org.reelcast.webrtc.sdp;
