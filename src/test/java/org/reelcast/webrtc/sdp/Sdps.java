package org.reelcast.webrtc.sdp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Descriptions for tests, made up after those of real clients. */
final class Sdps {

    private Sdps() {}

    static String read(String name) {
        try (InputStream in = Sdps.class.getResourceAsStream(name + ".sdp")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static LocalParameters local() {
        return local("Sfrag123", "Spassword0123456789abcdef");
    }

    static LocalParameters local(String ufrag, String password) {
        return new LocalParameters(
                4711,
                ufrag,
                password,
                new Fingerprint("SHA-256", new byte[32]),
                "Scname",
                "192.0.2.7",
                31001,
                List.of("1 1 udp 2130706431 192.0.2.7 31001 typ host", "2 1 udp 2130706175 127.0.0.1 31001 typ host"));
    }
}
