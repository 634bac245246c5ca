package org.reelcast.codec.ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.reelcast.media.Slice;

/** One native packet that is filled over and over; its buffer grows to the largest one. */
final class InputPacket implements AutoCloseable {
    private static final byte[] START_CODE = {0, 0, 0, 1};
    private static final int MAX_BYTES = 32 * 1024 * 1024;

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
        room(length);
        buffer.position(0).put(array, offset, length);
        return finish(length, pts);
    }

    /** The packet with these NAL units as a byte stream (ITU-T H.264, annex B). */
    AVPacket ofUnits(Slice[] units, long pts) throws FfmpegException {
        long total = 0;
        for (Slice unit : units) {
            total += START_CODE.length + unit.length();
        }
        if (total > MAX_BYTES) {
            throw new FfmpegException("A picture of " + total + " bytes is not one");
        }
        room((int) total);
        int at = 0;
        for (Slice unit : units) {
            buffer.position(at).put(START_CODE, 0, START_CODE.length);
            at += START_CODE.length;
            buffer.position(at).put(unit.array(), unit.offset(), unit.length());
            at += unit.length();
        }
        return finish((int) total, pts);
    }

    private AVPacket finish(int length, long pts) {
        buffer.position(length);
        Pointer.memset(buffer, 0, avcodec.AV_INPUT_BUFFER_PADDING_SIZE);
        buffer.position(0);
        packet.data(buffer);
        packet.size(length);
        packet.pts(pts);
        packet.dts(avutil.AV_NOPTS_VALUE);
        packet.flags(0);
        return packet;
    }

    private void room(int length) throws FfmpegException {
        if (buffer == null || length > capacity) {
            grow(length);
        }
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
