package org.reelcast.webrtc.sdp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.reelcast.refusal.Refusal;

/**
 * The client's end of a transport, as the offer has it.
 *
 * @param ufrag        its ICE user name fragment (RFC 8839 section 5.4)
 * @param password     its ICE password (RFC 8839 section 5.4)
 * @param fingerprints of its certificate; matching one is enough
 */
record OfferedTransport(String ufrag, String password, List<Fingerprint> fingerprints) {
    /** RFC 8839 section 5.4. */
    private static final int MAX_CREDENTIAL = 256;
    /** One a hash function is usual (RFC 8122 section 5); a certificate is held against each. */
    private static final int MAX_FINGERPRINTS = 16;

    /**
     * That of all that goes with these tracks.
     *
     * @param receive whether the client publishes
     * @throws Refusal when it is broken, or one that is not served
     */
    static OfferedTransport of(SessionDescription description, boolean receive, List<Track> tracks) throws Refusal {
        MediaSection first = IdleSections.tagged(description, receive, tracks);
        String ufrag = description.inherited(first, "ice-ufrag");
        String password = description.inherited(first, "ice-pwd");
        if (ufrag == null || ufrag.isEmpty() || password == null || password.isEmpty()) {
            throw Refusals.bad("The offer has no ICE user name and password");
        }
        if (bytes(ufrag) > MAX_CREDENTIAL || bytes(password) > MAX_CREDENTIAL) {
            throw Refusals.bad("The offer's ICE user name or password is longer than " + MAX_CREDENTIAL + " bytes");
        }
        String setup = description.inherited(first, "setup");
        if (setup != null && !setup.equals("actpass") && !setup.equals("active")) {
            throw Refusals.bad("The offer insists on setup:" + setup + ", but this server is the passive side");
        }
        List<String> values = first.attributes().has("fingerprint")
                ? first.attributes().all("fingerprint")
                : description.session().all("fingerprint");
        if (values.size() > MAX_FINGERPRINTS) {
            throw Refusals.bad("The offer has more than " + MAX_FINGERPRINTS + " fingerprints");
        }
        List<Fingerprint> fingerprints =
                values.stream().map(Fingerprint::parse).filter(Objects::nonNull).toList();
        if (fingerprints.isEmpty()) {
            throw Refusals.bad("The offer has no fingerprint by SHA-256 or better");
        }
        return new OfferedTransport(ufrag, password, fingerprints);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
