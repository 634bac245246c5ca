package org.reelcast.rest.connection;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a proxy says first on a connection: for whom it is there. Versions 1 and 2 of the PROXY protocol
 * (haproxy.org/download/3.1/doc/proxy-protocol.txt), sections 2.1 and 2.2.
 *
 * @param state  how far it is
 * @param length of the header in bytes, when it is whole
 * @param client whom it names; empty when the proxy itself is the client, or says nothing
 */
record ProxyHeader(State state, int length, Optional<InetAddress> client) {
    /** With the line's end (section 2.1). */
    private static final int MOST_TEXT = 107;
    /** Addresses, and additions that nobody here reads. */
    private static final int MOST_BINARY = 2048;

    private static final byte[] SIGNATURE = {0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A};
    private static final int FIXED = 16;
    private static final int LOCAL = 0x20;
    private static final int PROXY = 0x21;
    private static final int TCP4 = 0x11;
    private static final int TCP6 = 0x21;
    private static final int IPV4 = 4;
    private static final int IPV6 = 16;
    private static final int PORTS = 4;

    /** A request line has neither. */
    private static final List<String> BEGINNINGS = List.of("PROXY TCP4 ", "PROXY TCP6 ", "PROXY UNKNOWN");

    private static final Pattern LINE = Pattern.compile(
            "PROXY (?:UNKNOWN.*|TCP4 ([0-9.]+) [0-9.]+ \\d{1,5} \\d{1,5}|TCP6 ([0-9a-fA-F:.]*:[0-9a-fA-F:.]*) "
                    + "[0-9a-fA-F:.]+ \\d{1,5} \\d{1,5})\r\n");
    private static final Pattern QUAD = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final int MOST_OF_BYTE = 255;

    enum State {
        /** The connection begins with something else. */
        NONE,
        /** It may be one; more has to come. */
        BEGUN,
        WHOLE,
        /** It is one, and not as it should be. */
        BROKEN
    }

    private static ProxyHeader is(State state) {
        return new ProxyHeader(state, 0, Optional.empty());
    }

    /** @param first all bytes of the connection so far, from the position on; left as they are */
    static ProxyHeader read(ByteBuffer first) {
        byte[] bytes = new byte[Math.min(first.remaining(), FIXED + MOST_BINARY)];
        first.duplicate().get(bytes);
        int same = Arrays.mismatch(bytes, SIGNATURE);
        if (bytes.length == 0 || same == bytes.length) {
            return is(State.BEGUN);
        }
        if (same < 0 || same == SIGNATURE.length) {
            return binary(bytes);
        }
        String text = new String(bytes, 0, Math.min(bytes.length, MOST_TEXT), StandardCharsets.ISO_8859_1);
        return BEGINNINGS.stream().anyMatch(text::startsWith)
                ? line(text)
                : is(BEGINNINGS.stream().anyMatch(beginning -> beginning.startsWith(text)) ? State.BEGUN : State.NONE);
    }

    private static ProxyHeader line(String text) {
        int end = text.indexOf("\r\n");
        if (end < 0) {
            return is(text.length() < MOST_TEXT ? State.BEGUN : State.BROKEN);
        }
        Matcher line = LINE.matcher(text.substring(0, end + 2));
        if (!line.matches()) {
            return is(State.BROKEN);
        }
        String named = line.group(1) != null ? line.group(1) : line.group(2);
        Optional<InetAddress> client = named == null ? Optional.empty() : address(named);
        return named != null && client.isEmpty() ? is(State.BROKEN) : new ProxyHeader(State.WHOLE, end + 2, client);
    }

    private static ProxyHeader binary(byte[] bytes) {
        if (bytes.length < FIXED) {
            return is(State.BEGUN);
        }
        int command = bytes[12] & 0xff;
        int family = bytes[13] & 0xff;
        int more = (bytes[14] & 0xff) << 8 | bytes[15] & 0xff;
        int size = family == TCP4 ? IPV4 : family == TCP6 ? IPV6 : 0;
        boolean names = command == PROXY && size > 0;
        if (command != PROXY && command != LOCAL || more > MOST_BINARY || names && more < 2 * size + PORTS) {
            return is(State.BROKEN);
        }
        if (bytes.length < FIXED + more) {
            return is(State.BEGUN);
        }
        return new ProxyHeader(
                State.WHOLE,
                FIXED + more,
                names ? Optional.of(address(Arrays.copyOfRange(bytes, FIXED, FIXED + size))) : Optional.empty());
    }

    /** Asks no name server, whatever stands there. */
    private static Optional<InetAddress> address(String text) {
        Matcher quad = QUAD.matcher(text);
        if (quad.matches()) {
            byte[] bytes = new byte[IPV4];
            for (int i = 0; i < IPV4; i++) {
                int number = Integer.parseInt(quad.group(i + 1));
                if (number > MOST_OF_BYTE) {
                    return Optional.empty();
                }
                bytes[i] = (byte) number;
            }
            return Optional.of(address(bytes));
        }
        try {
            return text.contains(":") ? Optional.of(InetAddress.getByName(text)) : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four or sixteen bytes are an address", e);
        }
    }
}
