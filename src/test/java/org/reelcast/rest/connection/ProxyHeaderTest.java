package org.reelcast.rest.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.rest.connection.ProxyHeader.State;

class ProxyHeaderTest {
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

    private static ProxyHeader text(String text) {
        return ProxyHeader.read(ByteBuffer.wrap(text.replace("\\r\\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static ProxyHeader binary(String hex) {
        return ProxyHeader.read(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
    }

    @ParameterizedTest
    @CsvSource({
        "'PROXY TCP4 198.51.100.1 203.0.113.7 56324 443\\r\\nGET / HTTP/1.1\\r\\n', 47, 198.51.100.1",
        "'PROXY TCP6 2001:db8::1 2001:db8::2 56324 443\\r\\n', 46, 2001:db8::1",
        "'PROXY UNKNOWN\\r\\n', 15, ",
        "'PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535\\r\\n', 59, ",
    })
    void line_namesTheClient(String line, int length, String client) throws Exception {
        ProxyHeader header = text(line);
        assertEquals(State.WHOLE, header.state());
        assertEquals(length, header.length());
        assertEquals(Optional.ofNullable(client == null ? null : InetAddress.getByName(client)), header.client());
    }

    @ParameterizedTest
    @CsvSource({
        SIGNATURE + "2111000cc6336401cb007107dc0401bb, 28, 198.51.100.1",
        SIGNATURE + "21110010c6336401cb007107dc0401bb04000100474554, 32, 198.51.100.1",
        SIGNATURE + "2121002420010db800000000000000000000000120010db8000000000000000000000002dc0401bb, 52, 2001:db8::1",
        SIGNATURE + "20000000, 16, ",
        SIGNATURE + "2011000cc6336401cb007107dc0401bb, 28, ",
        SIGNATURE + "21000000, 16, ",
        SIGNATURE + "2131000400000000, 20, ",
    })
    void binary_namesTheClient(String hex, int length, String client) throws Exception {
        ProxyHeader header = binary(hex);
        assertEquals(State.WHOLE, header.state());
        assertEquals(length, header.length());
        assertEquals(Optional.ofNullable(client == null ? null : InetAddress.getByName(client)), header.client());
    }

    @Test
    void aPieceOfIt_isWaitedFor() {
        String line = "PROXY TCP4 198.51.100.1 203.0.113.7 56324 443\r\n";
        for (int length = 0; length < line.length(); length++) {
            assertEquals(State.BEGUN, text(line.substring(0, length)).state(), line.substring(0, length));
        }
        String hex = SIGNATURE + "2111000cc6336401cb007107dc0401bb";
        for (int length = 0; length < hex.length(); length += 2) {
            assertEquals(State.BEGUN, binary(hex.substring(0, length)).state(), hex.substring(0, length));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\\r\\n",
                "PROXY /film HTTP/1.1\\r\\n",
                "PROXY http://host/ HTTP/1.1\\r\\n",
                "PROPFIND / HTTP/1.1\\r\\n",
                "P /",
                "\\r\\nGET / HTTP/1.1\\r\\n",
                "\u0016\u0003\u0001"
            })
    void whatIsNone_isLeftAlone(String first) {
        assertEquals(State.NONE, text(first).state());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY TCP4 256.1.1.1 203.0.113.7 1 2\\r\\n",
                "PROXY TCP4 a.example.com 203.0.113.7 1 2\\r\\n",
                "PROXY TCP4 198.51.100.1 203.0.113.7 1\\r\\n",
                "PROXY TCP4 1 203.0.113.7 1 2\\r\\n",
                "PROXY TCP4  198.51.100.1 203.0.113.7 1 2\\r\\n",
                "PROXY TCP6 198.51.100.1 203.0.113.7 1 2\\r\\n",
                "PROXY TCP6 :::: 2001:db8::2 1 2\\r\\n",
                "PROXY TCP4 111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111"
            })
    void line_asItShouldNotBe_isBroken(String line) {
        assertEquals(State.BROKEN, text(line).state());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2111000b", "2211000c", "1111000c", "21110801", "2121000c"})
    void binary_asItShouldNotBe_isBroken(String hex) {
        assertEquals(State.BROKEN, binary(SIGNATURE + hex).state());
    }

    @Test
    void anything_isReadInBounds() {
        Random random = new Random(7);
        byte[] known = HexFormat.of().parseHex(SIGNATURE + "2111000cc6336401cb007107dc0401bb");
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = known.clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            ByteBuffer first = ByteBuffer.wrap(bytes, 0, random.nextInt(bytes.length + 1));
            ProxyHeader header = ProxyHeader.read(first);
            assertEquals(header.state() == State.WHOLE, header.length() > 0);
            assertEquals(0, first.position());
        }
    }
}
