package org.reelcast.codec.ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** One native packet that is filled over and over; its buffer grows to the largest one. */
final class InputPacket implements AutoCloseable {
    private final AVPacket packet;
    private BytePointer buffer;
    private int capacity;

    InputPacket() throws FfmpegException {
        packet = avcodec.av_packet_alloc();
        if (packet == null) {
            throw new FfmpegException("No memory for a packet");
        }
    }

    /** The packet with these bytes, and the zeros behind them that decoders may read. */
    AVPacket of(byte[] array, int offset, int length, long pts) throws FfmpegException {
        if (buffer == null || length > capacity) {
            grow(length);
        }
        buffer.position(0);
        buffer.put(array, offset, length);
        buffer.position(length);
        Pointer.memset(buffer, 0, avcodec.AV_INPUT_BUFFER_PADDING_SIZE);
        buffer.position(0);
        packet.data(buffer);
        packet.size(length);
        packet.pts(pts);
        packet.dts(pts);
        packet.flags(0);
        return packet;
    }

    private void grow(int length) throws FfmpegException {
        int wanted = Math.max(Ffmpeg.FIRST_BUFFER_BYTES, length + length / 2);
        Pointer memory = avutil.av_mallocz((long) wanted + avcodec.AV_INPUT_BUFFER_PADDING_SIZE);
        if (memory == null) {
            throw new FfmpegException("No memory for a packet of " + length + " bytes");
        }
        freeBuffer();
        buffer = new BytePointer(memory).capacity((long) wanted + avcodec.AV_INPUT_BUFFER_PADDING_SIZE);
        capacity = wanted;
    }

    private void freeBuffer() {
        if (buffer != null) {
            buffer.position(0);
            avutil.av_free(buffer);
            buffer = null;
        }
    }

    @Override
    public void close() {
        packet.data(null);
        packet.size(0);
        avcodec.av_packet_free(packet);
        freeBuffer();
    }
}
