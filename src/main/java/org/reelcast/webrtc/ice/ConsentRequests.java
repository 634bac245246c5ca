package org.reelcast.webrtc.ice;

import java.util.random.RandomGenerator;

/**
 * The server's own requests for consent (RFC 7675 section 5.1): every few seconds it asks the peer whether it still wants
 * to receive. Those who do not ask themselves once they are connected, as libnice and old pion, stay by their answers.
 * Without sockets and clock.
 */
public final class ConsentRequests {
    static final long MIN_INTERVAL_US = 2_000_000;
    static final long MAX_INTERVAL_US = 3_000_000;
    /** Requests whose answer is waited for: a link may take longer than one interval. */
    private static final int OUTSTANDING = 4;
    private static final int TRANSACTION_BYTES = 12;
    /** Of a peer-reflexive candidate (RFC 8445 section 5.1.2). */
    private static final int PRIORITY = 110 << 24 | 0xFFFF << 8 | 255;

    private final String username;
    private final StunHmac hmac;
    private final StunMessage message;
    private final RandomGenerator random;
    private final long tieBreaker;
    private final StunWriter request = new StunWriter();
    private final byte[][] transactions = new byte[OUTSTANDING][TRANSACTION_BYTES];
    private int sent;
    private long dueUs = Long.MAX_VALUE;

    /**
     * @param ufrag         the server's user name fragment
     * @param remoteUfrag   the peer's
     * @param remotePassword the peer's
     * @param message       scratch, shared by all of a loop
     * @param random        cryptographically strong
     */
    public ConsentRequests(String ufrag, String remoteUfrag, String remotePassword, StunMessage message,
            RandomGenerator random) {
        this.username = remoteUfrag + ":" + ufrag;
        this.hmac = new StunHmac(remotePassword);
        this.message = message;
        this.random = random;
        this.tieBreaker = random.nextLong();
    }

    /** The peer can be reached: from now on it is asked. */
    public void start(long nowUs) {
        dueUs = nowUs + random.nextLong(MIN_INTERVAL_US, MAX_INTERVAL_US);
    }

    /** When the next request is due. */
    public long dueUs() {
        return dueUs;
    }

    /** The next request; valid until the one after it. */
    public StunWriter next(long nowUs) {
        start(nowUs);
        byte[] transaction = transactions[sent++ % OUTSTANDING];
        random.nextBytes(transaction);
        return request.bindingRequest(transaction).username(username).priority(PRIORITY).controlled(tieBreaker)
                .integrity(hmac).fingerprint();
    }

    /** Whether a datagram is the peer's answer to one of the last requests; each is taken once. */
    public boolean isAnswered(byte[] b, int off, int length) {
        if (sent == 0 || !message.parse(b, off, length) || !message.isBindingSuccess()) {
            return false;
        }
        for (int i = 0; i < Math.min(sent, OUTSTANDING); i++) {
            if (message.isTransaction(transactions[i], 0) && message.isAuthentic(hmac)) {
                random.nextBytes(transactions[i]);
                return true;
            }
        }
        return false;
    }
}
