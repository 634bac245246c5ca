package org.reelcast.codec.ffmpeg;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.reelcast.media.Colour;
import org.reelcast.media.SourceCodec;

/** Bytes as a codec, its configuration and packets, each behind its length (two bytes), for the decoders of films. */
final class FuzzedPackets {
    private static final int SIDE = 64;
    private static final int LARGEST = SIDE + 128;
    private static final int RATE = 48_000;

    private final ByteBuffer in;

    private FuzzedPackets(byte[] input) {
        in = ByteBuffer.wrap(input);
    }

    private static List<SourceCodec> codecs(boolean video) {
        return Arrays.stream(SourceCodec.values())
                .filter(codec -> codec.isVideo() == video)
                .toList();
    }

    private SourceCodec codec(boolean video) {
        List<SourceCodec> codecs = codecs(video);
        return codecs.get((in.get() & 0xff) % codecs.size());
    }

    private byte[] next() {
        int length = in.remaining() < 2 ? in.remaining() : Math.min(in.getShort() & 0xffff, in.remaining());
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    /** Decodes them as pictures. */
    static void asPictures(byte[] input) {
        FuzzedPackets packets = new FuzzedPackets(input);
        if (!packets.in.hasRemaining()) {
            return;
        }
        SourceCodec codec = packets.codec(true);
        VideoParameters parameters = new VideoParameters(codec, "", packets.next(), SIDE, SIDE, Colour.UNSPECIFIED);
        try (CodecMemory.Share memory = CodecMemory.ofProcess().share(0);
                PacketDecoder decoder = PacketDecoder.open(parameters, 1, memory, true)) {
            for (long pts = 0; packets.in.hasRemaining(); pts++) {
                byte[] packet = packets.next();
                decoder.send(packet, 0, packet.length, pts);
                receive(decoder);
            }
            decoder.end();
            receive(decoder);
        } catch (FfmpegException expected) {
            // a sentence for the one concerned
        }
    }

    private static void receive(PacketDecoder decoder) throws FfmpegException {
        while (decoder.receive()) {
            if (decoder.width() > LARGEST * LARGEST || decoder.height() <= 0) {
                throw new AssertionError(decoder.width() + "x" + decoder.height());
            }
        }
    }

    /** Decodes them as sound, and brings it to one rate. */
    static void asSound(byte[] input) {
        FuzzedPackets packets = new FuzzedPackets(input);
        if (!packets.in.hasRemaining()) {
            return;
        }
        SourceCodec codec = packets.codec(false);
        try (AudioDecoder decoder = AudioDecoder.open(codec, packets.next(), RATE, 2);
                Resampler resampler = Resampler.open(2)) {
            while (packets.in.hasRemaining()) {
                byte[] packet = packets.next();
                for (int code = decoder.decode(packet, 0, packet.length); code > 0; code = decoder.more()) {
                    resampler.convert(decoder);
                }
            }
        } catch (FfmpegException expected) {
            // a sentence for the one concerned
        }
    }
}
