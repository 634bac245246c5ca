package org.reelcast.webrtc;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;

/**
 * How to reach the network.
 *
 * @param announced        the public address to put first in answers, null for none
 * @param bind             the local address to use, null for all
 * @param portFrom         first UDP port to try, 0 for any free one
 * @param portTo           last UDP port to try
 * @param iceTimeoutMs     how long to wait for a viewer's first valid check
 * @param consentTimeoutMs how long valid checks may stay away later
 * @param dtlsTimeoutMs    how long a DTLS handshake may take, and how long to wait for its start
 * @param maxHandshakes    DTLS handshakes of one address that may be unfinished; 0 = any number
 * @param adapts           whether viewers whose link is too narrow for a film are sent less of it
 */
public record WebRtcOptions(
        InetAddress announced,
        InetAddress bind,
        int portFrom,
        int portTo,
        int iceTimeoutMs,
        int consentTimeoutMs,
        int dtlsTimeoutMs,
        int maxHandshakes,
        boolean adapts) {

    /** Adapts, without a limit for handshakes. */
    public WebRtcOptions(
            InetAddress announced,
            InetAddress bind,
            int portFrom,
            int portTo,
            int iceTimeoutMs,
            int consentTimeoutMs,
            int dtlsTimeoutMs) {
        this(announced, bind, portFrom, portTo, iceTimeoutMs, consentTimeoutMs, dtlsTimeoutMs, 0, true);
    }

    /**
     * As the settings say.
     *
     * @throws IllegalArgumentException when {@code ip} or {@code ip_local} is not an address
     */
    public static WebRtcOptions of(Settings settings) {
        return new WebRtcOptions(
                address(settings.get(Keys.IP)),
                address(settings.get(Keys.IP_LOCAL)),
                settings.get(Keys.MEDIA_PORT_FROM),
                settings.get(Keys.MEDIA_PORT_TO),
                settings.get(Keys.ICE_TIMEOUT),
                settings.get(Keys.ICE_CONSENT_TIMEOUT),
                settings.get(Keys.DTLS_TIMEOUT),
                settings.get(Keys.DTLS_MAX_UNFINISHED),
                settings.get(Keys.VIEWER_ADAPTATION));
    }

    private static InetAddress address(String text) {
        if (text.isBlank()) {
            return null;
        }
        try {
            InetAddress address = InetAddress.getByName(text.strip());
            return address.isAnyLocalAddress() ? null : address;
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text + " is not an address", e);
        }
    }
}
