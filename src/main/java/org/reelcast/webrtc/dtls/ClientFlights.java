package org.reelcast.webrtc.dtls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.reelcast.bitstream.BigEndian;

/**
 * What a client has sent of its handshake (RFC 6347 section 4.2), and whether there is enough of it to go on: its
 * ClientHello with all its fragments, then its second flight with Finished. What cannot be of use is not kept. Bounded.
 *
 * <p>Of the second flight ChangeCipherSpec and what is encrypted come last, in whatever order they arrived: Bouncy
 * Castle switches keys at the former as soon as it has the key exchange, and would not look at a CertificateVerify that
 * comes after it.
 */
final class ClientFlights {
    private static final int RECORD_HEADER = 13;
    private static final int MESSAGE_HEADER = 12;
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int ALERT = 21;
    private static final int HANDSHAKE = 22;
    private static final int CLIENT_HELLO = 1;
    /** Chromium's with post-quantum keys has less than 2 KB. */
    private static final int MAX_HELLO_BYTES = 8 << 10;
    /** A certificate of 16 KB, and all that comes twice or three times. */
    private static final int MAX_BYTES = 64 << 10;

    private static final int MAX_DATAGRAMS = 64;

    /** What a datagram has brought. */
    enum Arrival {
        /** Nothing that changes anything yet. */
        NOTHING,
        /** The rest of the ClientHello, an alert, or a part of a second flight that has come to its end. */
        ENOUGH,
        /** The ClientHello once more: our answer was lost, or is slow. */
        HELLO_AGAIN
    }

    private final List<Datagram> datagrams = new ArrayList<>(4);
    private int bytes;
    private BitSet hello = new BitSet();
    private int helloLength = -1;
    private boolean isHelloWhole;
    private boolean hasEnd;

    // of the datagram that is looked at
    private boolean hasHello;
    private boolean switchesKeys;
    private boolean isEncrypted;

    /**
     * A datagram as it came.
     *
     * @param turn the less, the earlier Bouncy Castle gets it
     */
    private record Datagram(byte[] bytes, int turn) {}

    /** Takes one datagram that looks like DTLS. */
    Arrival add(byte[] b, int off, int length) {
        boolean wasWhole = isHelloWhole;
        scan(b, off, length);
        if (hasHello && wasWhole) {
            return Arrival.HELLO_AGAIN;
        }
        // what is not the hello before it is whole is nobody's handshake
        if (!hasHello && !wasWhole || datagrams.size() == MAX_DATAGRAMS || bytes + length > MAX_BYTES) {
            return Arrival.NOTHING;
        }
        datagrams.add(new Datagram(Arrays.copyOfRange(b, off, off + length), switchesKeys ? 1 : isEncrypted ? 2 : 0));
        bytes += length;
        return (wasWhole ? hasEnd : isHelloWhole) ? Arrival.ENOUGH : Arrival.NOTHING;
    }

    /** Whether the ClientHello is whole. */
    boolean isBegun() {
        return isHelloWhole;
    }

    /** How many datagrams are kept. */
    int size() {
        return datagrams.size();
    }

    /** All kept datagrams, in the order in which they are of use. */
    List<byte[]> inTurn() {
        return datagrams.stream()
                .sorted(Comparator.comparingInt(Datagram::turn))
                .map(Datagram::bytes)
                .toList();
    }

    /** The kept datagrams from the one at {@code from} on, in the order in which they came. */
    List<byte[]> from(int from) {
        return datagrams.stream().skip(from).map(Datagram::bytes).toList();
    }

    private void scan(byte[] b, int off, int length) {
        hasHello = false;
        switchesKeys = false;
        isEncrypted = false;
        int at = 0;
        while (length - at >= RECORD_HEADER) {
            int type = b[off + at] & 0xFF;
            int epoch = BigEndian.u16(b, off + at + 3);
            int content = BigEndian.u16(b, off + at + 11);
            int end = at + RECORD_HEADER + content;
            if (end > length) {
                return;
            }
            switchesKeys |= type == CHANGE_CIPHER_SPEC;
            isEncrypted |= epoch > 0;
            hasEnd |= isHelloWhole && (type == ALERT || type == HANDSHAKE && epoch > 0);
            if (type == HANDSHAKE && epoch == 0) {
                messages(b, off + at + RECORD_HEADER, content);
            }
            at = end;
        }
    }

    private void messages(byte[] b, int off, int length) {
        int at = 0;
        while (length - at >= MESSAGE_HEADER) {
            int from = BigEndian.u24(b, off + at + 6);
            int size = BigEndian.u24(b, off + at + 9);
            if (b[off + at] == CLIENT_HELLO && size <= length - at - MESSAGE_HEADER) {
                hello(BigEndian.u24(b, off + at + 1), from, size);
            }
            at += MESSAGE_HEADER + size;
        }
    }

    private void hello(int whole, int from, int size) {
        if (whole > MAX_HELLO_BYTES || from + size > whole || helloLength >= 0 && helloLength != whole) {
            return;
        }
        hasHello = true;
        if (!isHelloWhole) {
            helloLength = whole;
            hello.set(from, from + size);
            isHelloWhole = hello.cardinality() == whole;
            hello = isHelloWhole ? null : hello;
        }
    }
}
