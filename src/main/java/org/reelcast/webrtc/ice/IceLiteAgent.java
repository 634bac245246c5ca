package org.reelcast.webrtc.ice;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The server's side of one peer's connectivity checks: an ICE-lite agent (RFC 8445 section 2.5, RFC 7675) that checks
 * back. It answers checks, knows the addresses that the peer proved to own, and says which one to send to. Without
 * sockets and clock.
 */
public final class IceLiteAgent {
    /** What to do after a STUN message. */
    public enum Result {
        /** Nothing to send. */
        IGNORED,
        /** Send {@link #response()}: the check was refused. */
        REFUSED,
        /** Send {@link #response()}: the check was good, and the sender's address is the peer's unless he lies. */
        VALID
    }

    private final String ufrag;
    private final StunHmac hmac;
    private final StunMessage message;
    private final StunWriter response = new StunWriter();
    private final long checkTimeoutUs;
    private final long consentTimeoutUs;
    private final long startUs;
    private final Paths paths;
    private long lastHeardUs = -1;

    /**
     * @param message          scratch, shared by all agents of a loop
     * @param checkTimeoutUs   how long to wait for the first good check
     * @param consentTimeoutUs how long good checks and answers may stay away later (RFC 7675 section 5.1: 30 s)
     * @param random           spreads our own requests
     */
    public IceLiteAgent(
            String ufrag,
            String password,
            StunMessage message,
            long checkTimeoutUs,
            long consentTimeoutUs,
            long nowUs,
            RandomGenerator random) {
        this.ufrag = ufrag;
        this.hmac = new StunHmac(password);
        this.message = message;
        this.checkTimeoutUs = checkTimeoutUs;
        this.consentTimeoutUs = consentTimeoutUs;
        this.startUs = nowUs;
        this.paths = new Paths(random);
    }

    /** Takes one datagram that looks like STUN. */
    public Result receive(byte[] b, int off, int length, InetSocketAddress from, long nowUs) {
        if (!message.parse(b, off, length) || !message.isBindingRequest()) {
            return Result.IGNORED;
        }
        if (!message.hasIntegrity() || !message.hasUsername()) {
            return refuse(400, "Bad Request");
        }
        // RFC 8489 section 9.1.3
        if (!ufrag.equals(message.receiverUfrag()) || !message.isAuthentic(hmac)) {
            return refuse(401, "Unauthenticated");
        }
        if (message.unknownAttribute() != 0) {
            response.answer(Stun.BINDING_ERROR, message)
                    .errorCode(420, "Unknown Attribute")
                    .unknownAttribute(message.unknownAttribute())
                    .integrity(hmac)
                    .fingerprint();
            return Result.REFUSED;
        }
        if (message.isControlled()) {
            // RFC 8445 section 6.1.1: a lite agent is always controlled, so the other side has to switch
            response.answer(Stun.BINDING_ERROR, message)
                    .errorCode(487, "Role Conflict")
                    .integrity(hmac)
                    .fingerprint();
            return Result.REFUSED;
        }
        lastHeardUs = nowUs;
        paths.checked(from, message.useCandidate(), nowUs);
        response.bindingSuccess(message).xorMappedAddress(from).integrity(hmac).fingerprint();
        return Result.VALID;
    }

    /** The peer has answered a request of ours from there: the address is its own, and it wants to receive. */
    public void answered(InetSocketAddress from, long nowUs) {
        lastHeardUs = nowUs;
        paths.answered(from, nowUs);
    }

    /** When the next request is due. */
    public long requestDueUs() {
        return paths.requestDueUs();
    }

    /** Where a request is due, which is to be sent now; null for nowhere. */
    public InetSocketAddress nextRequest(long nowUs) {
        return paths.nextRequest(nowUs);
    }

    private Result refuse(int code, String reason) {
        response.answer(Stun.BINDING_ERROR, message).errorCode(code, reason).fingerprint();
        return Result.REFUSED;
    }

    /** What to send back to where the check came from; valid until the next {@link #receive}. */
    public StunWriter response() {
        return response;
    }

    /** An address that the last good check pushed out, null mostly. */
    public InetSocketAddress dropped() {
        return paths.dropped();
    }

    /** Where to send media, null until an address is proved. */
    public InetSocketAddress selected() {
        return paths.selected();
    }

    /** Whether media may be sent: not to who was not heard from for five seconds. */
    public boolean hasConsent(long nowUs) {
        return paths.hasConsent(nowUs);
    }

    /** Whether the peer has proved that the address is its own. */
    public boolean isProved(InetSocketAddress address) {
        return paths.isProved(address);
    }

    /** Whether the peer was heard from there within the last five seconds. */
    public boolean isHeard(InetSocketAddress address, long nowUs) {
        return paths.isHeard(address, nowUs);
    }

    /** All addresses from which the peer was heard. */
    public List<InetSocketAddress> addresses() {
        return paths.addresses();
    }

    /** When to give up unless there is another good check or answer. */
    public long deadlineUs() {
        return lastHeardUs < 0 ? startUs + checkTimeoutUs : lastHeardUs + consentTimeoutUs;
    }

    /** Whether a good check ever came. */
    public boolean hasBeenChecked() {
        return lastHeardUs >= 0;
    }
}
