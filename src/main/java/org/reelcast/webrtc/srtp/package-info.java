/** SRTP and SRTCP (RFC 3711, RFC 7714): encryption in place, replay protection. */
package org.reelcast.webrtc.srtp;
