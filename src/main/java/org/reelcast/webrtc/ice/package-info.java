/** ICE lite (RFC 8445) with consent (RFC 7675): which address media may go to. */
package org.reelcast.webrtc.ice;
