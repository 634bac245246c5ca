package org.reelcast.mp4.write;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Set;
import org.reelcast.GoldenText;

/** Boxes as text: containers with what they hold, short boxes in hexadecimal digits, tables of samples line by line. */
final class BoxDump {
    private static final Set<String> CONTAINERS = Set.of(
            "moov", "trak", "edts", "mdia", "minf", "dinf", "stbl", "mvex", "moof", "traf", "udta", "meta", "ilst");
    private static final int LINE = 48;

    private final StringBuilder text = new StringBuilder();

    static String of(byte[] bytes) {
        BoxDump dump = new BoxDump();
        dump.boxes(ByteBuffer.wrap(bytes), "");
        return dump.text.toString();
    }

    private void boxes(ByteBuffer in, String indent) {
        while (in.hasRemaining()) {
            int size = in.getInt(in.position());
            ByteBuffer box = in.slice(in.position(), size);
            in.position(in.position() + size);
            String type = new String(bytes(box.slice(4, 4)), StandardCharsets.US_ASCII);
            text.append(indent).append(type).append(' ').append(size).append('\n');
            box(type, box.slice(8, size - 8), indent + "  ");
        }
    }

    private void box(String type, ByteBuffer content, String indent) {
        if (CONTAINERS.contains(type)) {
            boxes(type.equals("meta") ? content.position(4).slice() : content, indent);
        } else if (type.equals("mdat")) {
            byte[] bytes = bytes(content);
            text.append(indent)
                    .append("crc=")
                    .append(GoldenText.crc(bytes, 0, bytes.length))
                    .append('\n');
        } else if (type.equals("trun")) {
            samples(content, indent);
        } else {
            byte[] bytes = bytes(content);
            for (int at = 0; at < bytes.length; at += LINE) {
                text.append(indent)
                        .append(HexFormat.of().formatHex(bytes, at, Math.min(bytes.length, at + LINE)))
                        .append('\n');
            }
        }
    }

    /** A track run with all four fields of each sample (ISO/IEC 14496-12 section 8.8.8). */
    private void samples(ByteBuffer content, String indent) {
        int flags = content.getInt();
        int count = content.getInt();
        text.append(String.format("%sflags=%08x offset=%d\n", indent, flags, content.getInt()));
        for (int i = 0; i < count; i++) {
            text.append(String.format(
                    "%s%d duration=%d size=%d flags=%08x composition=%d\n",
                    indent, i, content.getInt(), content.getInt(), content.getInt(), content.getInt()));
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
