package org.reelcast.webrtc.ice;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The server's side of one peer's connectivity checks: an ICE-lite agent (RFC 8445 section 2.5, RFC 7675). It answers
 * checks, knows the addresses the peer proved to own, and says which one to send to. Without sockets and clock.
 */
public final class IceLiteAgent {
    /** What to do after a STUN message. */
    public enum Result {
        /** Nothing to send. */
        IGNORED,
        /** Send {@link #response()}: the check was refused. */
        REFUSED,
        /** Send {@link #response()}: the check was good and the sender's address is the peer's. */
        VALID
    }

    /** Addresses kept for one peer; the one that was silent longest goes first. */
    static final int MAX_PATHS = 8;
    /** After so long without a check on the address in use another one with checks takes over. */
    static final long SILENT_US = 6_000_000;

    private final String ufrag;
    private final StunHmac hmac;
    private final StunMessage message;
    private final StunWriter response = new StunWriter();
    private final long checkTimeoutUs;
    private final long consentTimeoutUs;
    private final long startUs;
    private final List<Path> paths = new ArrayList<>(2);
    private Path selected;
    private InetSocketAddress dropped;
    private long lastCheckUs = -1;

    /**
     * @param message          scratch, shared by all agents of a loop
     * @param checkTimeoutUs   how long to wait for the first good check
     * @param consentTimeoutUs how long good checks may stay away later (RFC 7675 section 5.1: 30 s)
     */
    public IceLiteAgent(String ufrag, String password, StunMessage message, long checkTimeoutUs,
            long consentTimeoutUs, long nowUs) {
        this.ufrag = ufrag;
        this.hmac = new StunHmac(password);
        this.message = message;
        this.checkTimeoutUs = checkTimeoutUs;
        this.consentTimeoutUs = consentTimeoutUs;
        this.startUs = nowUs;
    }

    /** Takes one datagram that looks like STUN. */
    public Result receive(byte[] b, int off, int length, InetSocketAddress from, long nowUs) {
        dropped = null;
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
            response.answer(Stun.BINDING_ERROR, message).errorCode(420, "Unknown Attribute")
                    .unknownAttribute(message.unknownAttribute()).integrity(hmac).fingerprint();
            return Result.REFUSED;
        }
        if (message.isControlled()) {
            // RFC 8445 section 6.1.1: a lite agent is always controlled, so the other side has to switch
            response.answer(Stun.BINDING_ERROR, message).errorCode(487, "Role Conflict").integrity(hmac).fingerprint();
            return Result.REFUSED;
        }
        lastCheckUs = nowUs;
        check(from, nowUs);
        response.bindingSuccess(message).xorMappedAddress(from).integrity(hmac).fingerprint();
        return Result.VALID;
    }

    /** The peer has answered a request of ours from the address in use (RFC 7675 section 5.1): as good as a check. */
    public void consented(long nowUs) {
        lastCheckUs = nowUs;
        selected.lastCheckUs = nowUs;
    }

    private Result refuse(int code, String reason) {
        response.answer(Stun.BINDING_ERROR, message).errorCode(code, reason).fingerprint();
        return Result.REFUSED;
    }

    private void check(InetSocketAddress from, long nowUs) {
        Path path = find(from);
        if (path == null) {
            path = new Path(from);
            if (paths.size() == MAX_PATHS) {
                drop();
            }
            paths.add(path);
        }
        path.lastCheckUs = nowUs;
        if (selected == null || message.useCandidate() || nowUs - selected.lastCheckUs > SILENT_US) {
            selected = path;
        }
    }

    private void drop() {
        Path oldest = null;
        for (Path path : paths) {
            if (path != selected && (oldest == null || path.lastCheckUs < oldest.lastCheckUs)) {
                oldest = path;
            }
        }
        paths.remove(oldest);
        dropped = oldest == null ? null : oldest.address;
    }

    private Path find(InetSocketAddress address) {
        for (Path path : paths) {
            if (path.address.equals(address)) {
                return path;
            }
        }
        return null;
    }

    /** What to send back to where the check came from; valid until the next {@link #receive}. */
    public StunWriter response() {
        return response;
    }

    /** An address that the last check pushed out, null mostly. */
    public InetSocketAddress dropped() {
        return dropped;
    }

    /** Where to send media, null until there was a good check. */
    public InetSocketAddress selected() {
        return selected == null ? null : selected.address;
    }

    /** All addresses the peer proved to own. */
    public List<InetSocketAddress> addresses() {
        List<InetSocketAddress> all = new ArrayList<>(paths.size());
        for (Path path : paths) {
            all.add(path.address);
        }
        return all;
    }

    /** When to give up unless there is another good check. */
    public long deadlineUs() {
        return lastCheckUs < 0 ? startUs + checkTimeoutUs : lastCheckUs + consentTimeoutUs;
    }

    /** Whether a good check ever came. */
    public boolean hasBeenChecked() {
        return lastCheckUs >= 0;
    }

    private static final class Path {
        private final InetSocketAddress address;
        private long lastCheckUs;

        private Path(InetSocketAddress address) {
            this.address = address;
        }
    }
}
