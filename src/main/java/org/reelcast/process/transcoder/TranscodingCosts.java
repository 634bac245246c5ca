package org.reelcast.process.transcoder;

import java.util.concurrent.atomic.AtomicBoolean;
import org.reelcast.codec.encoders.CodecCapacity;
import org.reelcast.loop.AnyThread;
import org.reelcast.refusal.Refusal;
import org.reelcast.sharing.Shared;
import org.reelcast.stream.Stream;

/** What transcoded streams cost the machine: the decoding of a source once for all made of it. */
@AnyThread
final class TranscodingCosts {
    private final CodecCapacity capacity;
    private final Shared<Stream, CodecCapacity.Charge> decoded = Shared.closingUnused(CodecCapacity.Charge::close);

    TranscodingCosts(CodecCapacity capacity) {
        this.capacity = capacity;
    }

    /** What one stream costs, until it is closed. */
    final class Charge {
        private final CodecCapacity.Charge decoding;
        private final CodecCapacity.Charge encoding;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Charge(CodecCapacity.Charge decoding, CodecCapacity.Charge encoding) {
            this.decoding = decoding;
            this.encoding = encoding;
        }

        /** Any number of times. */
        void close() {
            if (!closed.getAndSet(true)) {
                encoding.close();
                decoded.release(decoding);
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
    Charge take(Stream source, String client, double decoding, double encoding) throws Refusal {
        CodecCapacity.Charge shared = decoded.acquire(source, () -> capacity.charge(client, decoding, 0));
        try {
            return new Charge(shared, capacity.charge(client, 0, encoding));
        } catch (Refusal e) {
            decoded.release(shared);
            throw e;
        }
    }
}
