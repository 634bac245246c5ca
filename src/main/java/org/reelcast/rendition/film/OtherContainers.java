package org.reelcast.rendition.film;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.reelcast.storage.ByteSource;

/** Containers that are not read here, told by how files of them begin: their tracks can be copied into an MP4. */
final class OtherContainers {
    private static final int HEAD = 12;
    private static final int TS_PACKET = 188;
    private static final byte TS_SYNC = 0x47;
    private static final String ASF = "3026b2758e66cf11";
    private static final String PROGRAM_STREAM = "000001ba";

    private OtherContainers() {}

    /** What it is called; empty for none of them. */
    static Optional<String> of(ByteSource source) throws IOException {
        byte[] head = new byte[HEAD];
        if (source.readFully(0, head, 0, HEAD) < HEAD) {
            return Optional.empty();
        }
        String text = new String(head, StandardCharsets.ISO_8859_1);
        String hex = HexFormat.of().formatHex(head);
        if (text.startsWith("RIFF") && text.endsWith("AVI ")) {
            return Optional.of("AVI");
        }
        if (text.startsWith("FLV")) {
            return Optional.of("FLV");
        }
        if (text.startsWith("OggS")) {
            return Optional.of("Ogg");
        }
        if (hex.startsWith(ASF)) {
            return Optional.of("Windows Media");
        }
        if (hex.startsWith(PROGRAM_STREAM)) {
            return Optional.of("MPEG program stream");
        }
        return isTransportStream(source) ? Optional.of("MPEG transport stream") : Optional.empty();
    }

    private static boolean isTransportStream(ByteSource source) throws IOException {
        byte[] packets = new byte[3 * TS_PACKET];
        return source.readFully(0, packets, 0, packets.length) == packets.length
                && Arrays.equals(
                        new byte[] {packets[0], packets[TS_PACKET], packets[2 * TS_PACKET]},
                        new byte[] {TS_SYNC, TS_SYNC, TS_SYNC});
    }
}
