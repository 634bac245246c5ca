package org.reelcast.mp4.read;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

/**
 * The configuration of a decoder in {@code esds} (ISO 14496-14 section 5.6, ISO 14496-1 section 7.2.6).
 *
 * @param objectType objectTypeIndication (ISO 14496-1 table 5)
 * @param specific   DecoderSpecificInfo; empty when there is none
 */
record EsConfig(int objectType, byte[] specific) {
    private static final int ES_DESCRIPTOR = 3;
    private static final int DECODER_CONFIG = 4;
    private static final int DECODER_SPECIFIC_INFO = 5;

    /** @throws Refusal when the box is cut off */
    static EsConfig read(ByteBuffer esds) throws Refusal {
        try {
            return parse(esds);
        } catch (BufferUnderflowException e) {
            throw new Refusal(StatusText.FAILED_TO_READ_FILE, "Box 'esds' is cut off", e);
        }
    }

    private static EsConfig parse(ByteBuffer esds) {
        esds.getInt();
        ByteBuffer es = descriptor(esds, ES_DESCRIPTOR);
        es.getShort();
        int flags = es.get();
        if ((flags & 0x80) != 0) {
            es.getShort();
        }
        if ((flags & 0x40) != 0) {
            skip(es, es.get() & 0xff);
        }
        if ((flags & 0x20) != 0) {
            es.getShort();
        }
        ByteBuffer config = descriptor(es, DECODER_CONFIG);
        int type = config.get() & 0xff;
        skip(config, 12);
        ByteBuffer info = config.hasRemaining() ? descriptor(config, DECODER_SPECIFIC_INFO) : config;
        byte[] specific = new byte[info.remaining()];
        info.get(specific);
        return new EsConfig(type, specific);
    }

    /** The payload of the next descriptor of that kind; others before it are skipped. */
    private static ByteBuffer descriptor(ByteBuffer buffer, int wanted) {
        while (true) {
            int tag = buffer.get() & 0xff;
            int length = 0;
            int b;
            int bytes = 0;
            do {
                b = buffer.get();
                length = length << 7 | b & 0x7f;
            } while ((b & 0x80) != 0 && ++bytes < 4);
            // lengths that are a little too large occur; what is there counts
            int within = Math.min(length, buffer.remaining());
            ByteBuffer payload = buffer.slice(buffer.position(), within);
            if (tag == wanted) {
                return payload;
            }
            buffer.position(buffer.position() + within);
        }
    }

    private static void skip(ByteBuffer buffer, int count) {
        for (int i = 0; i < count; i++) {
            buffer.get();
        }
    }
}
