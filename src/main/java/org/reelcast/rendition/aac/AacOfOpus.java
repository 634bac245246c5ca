package org.reelcast.rendition.aac;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.reelcast.codec.ffmpeg.AacEncoder;
import org.reelcast.media.AacFormat;
import org.reelcast.media.DecoderConfig;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameIndex;
import org.reelcast.media.FrameReader;
import org.reelcast.media.SeekableTrack;
import org.reelcast.media.Slice;
import org.reelcast.rendition.Rendition;

/**
 * AAC-LC at 48 kHz for players that take no other sound, of a film whose own they do not take: made as it is read, of
 * the Opus that players in real time get, which is made once a film.
 */
public final class AacOfOpus implements Rendition, SeekableTrack {
    /** Decoder and encoder have settled by then. */
    private static final long PREROLL_US = 100_000;

    private final Rendition opus;
    private final AacFormat format;
    private final int bitrate;

    /**
     * @param opus    stays the caller's
     * @param bitrate of stereo, bits a second; mono takes half
     */
    public AacOfOpus(Rendition opus, int bitrate) {
        this.opus = opus;
        this.bitrate = bitrate;
        int channels = opus.format().channels();
        // an AudioSpecificConfig (ISO/IEC 14496-3 section 1.6.2.1): AAC-LC, 48 kHz
        this.format = new AacFormat(
                new DecoderConfig(new byte[] {0x11, (byte) (0x80 | channels << 3)}),
                OpusToAac.RATE,
                channels,
                OpusToAac.RATE,
                opus.format().language());
    }

    @Override
    public Format format() {
        return format;
    }

    @Override
    public long durationUs() {
        return opus.durationUs();
    }

    @Override
    public boolean isEndKnown() {
        return opus.isEndKnown();
    }

    @Override
    public Optional<SeekableTrack> seekable() {
        return Optional.of(this);
    }

    @Override
    public FrameIndex index() {
        return new UnitIndex(opus.durationUs(), bitrate * (format.channels() == 1 ? 1 : 2) / 2);
    }

    @Override
    public FrameReader reader() {
        return new Reader();
    }

    @Override
    public void close() {
        // the Opus is its owner's
    }

    /** Units of one length, whose sizes are not known before they are made: taken for what the bitrate says. */
    private static final class UnitIndex implements FrameIndex {
        private final long count;
        private final int bytes;
        private long unit = -1;

        UnitIndex(long durationUs, int bitsPerSecond) {
            count = (durationUs * OpusToAac.RATE / 1_000_000 + AacEncoder.FRAME_SAMPLES - 1) / AacEncoder.FRAME_SAMPLES;
            bytes = bitsPerSecond / 8 * AacEncoder.FRAME_SAMPLES / OpusToAac.RATE;
        }

        @Override
        public boolean next() {
            return ++unit < count;
        }

        @Override
        public void seek(long timeUs) {
            unit = Math.max(0, timeUs) * OpusToAac.RATE / 1_000_000 / AacEncoder.FRAME_SAMPLES - 1;
        }

        @Override
        public long decodeTimeUs() {
            return Math.round(unit * AacEncoder.FRAME_SAMPLES / 0.048);
        }

        @Override
        public long presentationTimeUs() {
            return decodeTimeUs();
        }

        @Override
        public boolean isKey() {
            return true;
        }

        @Override
        public int size() {
            return bytes;
        }
    }

    private final class Reader implements FrameReader {
        private final FrameReader source = opus.reader();
        private final Deque<Frame> made = new ArrayDeque<>();
        /** Null before the first packet, after a jump, and at the end. */
        private OpusToAac maker;

        private long fromUs = Long.MIN_VALUE;

        @Override
        public Frame next() throws IOException {
            while (made.isEmpty()) {
                Frame packet = source.next();
                if (packet == null) {
                    finish();
                    return made.poll();
                }
                if (maker == null) {
                    maker = begin(Math.round(packet.presentationTimeUs() * 0.048));
                }
                maker.take(packet.slice(0), Math.round(packet.presentationTimeUs() * 0.048));
            }
            return made.poll();
        }

        /** Units lie at whole multiples of their length, wherever reading begins: then stretches can be joined. */
        private OpusToAac begin(long at) throws IOException {
            OpusToAac begun = new OpusToAac(format.channels(), bitrate, this::take);
            begun.startAt((Math.max(0, at) + AacEncoder.FRAME_SAMPLES - 1)
                    / AacEncoder.FRAME_SAMPLES
                    * AacEncoder.FRAME_SAMPLES);
            return begun;
        }

        private void take(long at, byte[] coded) {
            long timeUs = Math.round((at - maker.priming()) / 0.048);
            if (timeUs >= fromUs) {
                made.add(new Frame(format, timeUs, timeUs, true, Slice.of(coded)));
            }
        }

        private void finish() throws IOException {
            if (maker != null) {
                try {
                    maker.finish();
                } finally {
                    close(maker);
                }
            }
        }

        private void close(OpusToAac old) {
            maker = null;
            old.close();
        }

        @Override
        public void seek(long timeUs) throws IOException {
            made.clear();
            if (maker != null) {
                close(maker);
            }
            source.seek(Math.max(0, timeUs - PREROLL_US));
            // the unit that holds it
            fromUs = timeUs <= 0 ? Long.MIN_VALUE : timeUs - 21_333;
        }

        @Override
        public void close() {
            source.close();
            if (maker != null) {
                close(maker);
            }
        }
    }
}
