package org.reelcast.webrtc.ice;

import java.net.InetSocketAddress;
import java.util.random.RandomGenerator;

/**
 * The server's own checks (RFC 8445 section 7.2.5, RFC 7675 section 5.1): requests that only the peer can answer, and
 * only where they were sent to. Without sockets and clock.
 */
public final class BindingRequests {
    /** Requests whose answer is waited for: several addresses, and links that take longer than the next request. */
    static final int OUTSTANDING = 16;

    private static final int TRANSACTION_BYTES = 12;
    /** Of a peer-reflexive candidate (RFC 8445 section 5.1.2). */
    private static final int PRIORITY = 110 << 24 | 0xFFFF << 8 | 255;

    private final String username;
    private final StunHmac hmac;
    private final StunMessage message;
    private final RandomGenerator random;
    private final long tieBreaker;
    private final StunWriter request = new StunWriter();
    private final byte[][] transactions = new byte[OUTSTANDING][];
    private final InetSocketAddress[] sentTo = new InetSocketAddress[OUTSTANDING];
    private int sent;

    /**
     * @param ufrag         the server's user name fragment
     * @param remoteUfrag   the peer's
     * @param remotePassword the peer's
     * @param message       scratch, shared by all of a loop
     * @param random        cryptographically strong
     */
    public BindingRequests(
            String ufrag, String remoteUfrag, String remotePassword, StunMessage message, RandomGenerator random) {
        this.username = remoteUfrag + ":" + ufrag;
        this.hmac = new StunHmac(remotePassword);
        this.message = message;
        this.random = random;
        this.tieBreaker = random.nextLong();
    }

    /** Another request, for that address; valid until the one after it. */
    public StunWriter next(InetSocketAddress to) {
        int at = sent++ % OUTSTANDING;
        byte[] transaction = transactions[at] == null ? new byte[TRANSACTION_BYTES] : transactions[at];
        random.nextBytes(transaction);
        transactions[at] = transaction;
        sentTo[at] = to;
        return request.bindingRequest(transaction)
                .username(username)
                .priority(PRIORITY)
                .controlled(tieBreaker)
                .integrity(hmac)
                .fingerprint();
    }

    /** Whether a datagram is the peer's answer to one of the last requests, from where that went; each counts once. */
    public boolean isAnswered(byte[] b, int off, int length, InetSocketAddress from) {
        if (sent == 0 || !Stun.isBindingSuccess(b, off, length) || !message.parse(b, off, length)) {
            return false;
        }
        for (int i = 0; i < Math.min(sent, OUTSTANDING); i++) {
            if (sentTo[i] != null && message.isTransaction(transactions[i], 0)) {
                boolean taken = from.equals(sentTo[i]) && message.isAuthentic(hmac);
                sentTo[i] = taken ? null : sentTo[i];
                return taken;
            }
        }
        return false;
    }
}
