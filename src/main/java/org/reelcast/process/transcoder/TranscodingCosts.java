package org.reelcast.process.transcoder;

import java.util.HashMap;
import java.util.Map;
import org.reelcast.codec.encoders.CodecCapacity;
import org.reelcast.loop.AnyThread;
import org.reelcast.refusal.Refusal;
import org.reelcast.stream.Stream;

/** What transcoded streams cost the machine: the decoding of a source once for all made of it. */
@AnyThread
final class TranscodingCosts {
    private final CodecCapacity capacity;
    private final Map<Stream, Decoding> decoded = new HashMap<>();

    private static final class Decoding {
        private final CodecCapacity.Charge charge;
        private int streams;

        Decoding(CodecCapacity.Charge charge) {
            this.charge = charge;
        }
    }

    TranscodingCosts(CodecCapacity capacity) {
        this.capacity = capacity;
    }

    /** What one stream costs, until it is closed. */
    final class Charge {
        private final Stream source;
        private final CodecCapacity.Charge encoding;
        private boolean closed;

        private Charge(Stream source, CodecCapacity.Charge encoding) {
            this.source = source;
            this.encoding = encoding;
        }

        /** Any number of times. */
        void close() {
            synchronized (TranscodingCosts.this) {
                if (!closed) {
                    closed = true;
                    encoding.close();
                    letGo(source);
                }
            }
        }
    }

    /**
     * Charges a stream made of {@code source}.
     *
     * @param client   IP address of whoever asks for it
     * @param decoding macroblocks of the source a second
     * @param encoding macroblocks a second that are encoded
     * @throws Refusal when the machine has no time for it
     */
    synchronized Charge take(Stream source, String client, double decoding, double encoding) throws Refusal {
        Decoding known = decoded.get(source);
        if (known == null) {
            known = new Decoding(capacity.charge(client, decoding, 0));
            decoded.put(source, known);
        }
        known.streams++;
        try {
            return new Charge(source, capacity.charge(client, 0, encoding));
        } catch (Refusal e) {
            letGo(source);
            throw e;
        }
    }

    private void letGo(Stream source) {
        Decoding known = decoded.get(source);
        known.streams--;
        if (known.streams == 0) {
            decoded.remove(source);
            known.charge.close();
        }
    }
}
