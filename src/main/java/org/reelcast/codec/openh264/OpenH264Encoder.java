package org.reelcast.codec.openh264;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.lwjgl.system.JNI;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.system.MemoryUtil;
import org.reelcast.codec.ffmpeg.EncoderSettings;
import org.reelcast.codec.ffmpeg.VideoEncoder;

/**
 * One encoder of the machine's OpenH264 at work, by the table of functions of its C interface ({@code ISVCEncoderVtbl}
 * of {@code codec_api.h}); offsets are those of the structures in {@code codec_app_def.h} on 64 bits.
 */
final class OpenH264Encoder implements VideoEncoder {
    // places in the table
    private static final int INITIALIZE_EXT = 1;
    private static final int GET_DEFAULT_PARAMS = 2;
    private static final int UNINITIALIZE = 3;
    private static final int ENCODE_FRAME = 4;
    private static final int FORCE_INTRA_FRAME = 6;
    private static final int SET_OPTION = 7;

    /** ENCODER_OPTION_BITRATE, ENCODER_OPTION_TRACE_LEVEL. */
    private static final int BITRATE = 5;

    private static final int TRACE_LEVEL = 25;
    /** SPATIAL_LAYER_ALL. */
    private static final int ALL_LAYERS = 4;

    // SSourcePicture
    private static final int PICTURE_BYTES = 128;
    private static final int STRIDE = 4;
    private static final int DATA = 24;
    private static final int PICTURE_WIDTH = 56;
    private static final int PICTURE_HEIGHT = 60;
    private static final int TIME_MS = 64;
    /** videoFormatI420. */
    private static final int I420 = 23;

    // SFrameBSInfo: the number of layers, then up to 128 of them, then three more numbers
    private static final int LAYERS = 8;
    private static final int MOST_LAYERS = 128;
    private static final int FRAME_END_BYTES = 16;
    // SLayerBSInfo
    private static final int NAL_COUNT = 16;
    private static final int NAL_LENGTHS = 24;
    private static final int BYTES = 32;

    private final OpenH264Library library;
    private final long encoder;
    private final ByteBuffer picture = MemoryUtil.memCalloc(PICTURE_BYTES);
    private final ByteBuffer output;
    private boolean started;

    private OpenH264Encoder(OpenH264Library library, long encoder) {
        this.library = library;
        this.encoder = encoder;
        this.output = MemoryUtil.memCalloc(LAYERS + MOST_LAYERS * library.layerBytes() + FRAME_END_BYTES);
    }

    static OpenH264Encoder open(OpenH264Library library, EncoderSettings settings) throws IOException {
        OpenH264Encoder encoder = new OpenH264Encoder(library, create(library));
        try {
            encoder.start(settings);
            return encoder;
        } catch (IOException e) {
            encoder.close();
            throw e;
        }
    }

    private static long create(OpenH264Library library) throws IOException {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            long handle = MemoryUtil.memAddress(stack.callocPointer(1));
            check("does not start", JNI.invokePI(handle, library.function("WelsCreateSVCEncoder")));
            return MemoryUtil.memGetAddress(handle);
        }
    }

    private void start(EncoderSettings settings) throws IOException {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            ByteBuffer level = stack.calloc(Integer.BYTES);
            check(
                    "cannot be made quiet",
                    JNI.invokePPI(encoder, TRACE_LEVEL, MemoryUtil.memAddress(level), method(SET_OPTION)));
        }
        ByteBuffer parameters = MemoryUtil.memCalloc(EncoderParameters.BYTES);
        try {
            check(
                    "has no defaults",
                    JNI.invokePPI(encoder, MemoryUtil.memAddress(parameters), method(GET_DEFAULT_PARAMS)));
            EncoderParameters.write(settings, parameters);
            check("does not start", JNI.invokePPI(encoder, MemoryUtil.memAddress(parameters), method(INITIALIZE_EXT)));
        } finally {
            MemoryUtil.memFree(parameters);
        }
        started = true;
        picture.putInt(0, I420).putInt(PICTURE_WIDTH, settings.width()).putInt(PICTURE_HEIGHT, settings.height());
    }

    private long method(int place) {
        return MemoryUtil.memGetAddress(MemoryUtil.memGetAddress(encoder) + (long) place * Long.BYTES);
    }

    @Override
    public byte[] encode(AVFrame frame, boolean key) throws IOException {
        if (key) {
            check("makes no key frame", JNI.invokePI(encoder, 1, -1, method(FORCE_INTRA_FRAME)));
        }
        for (int plane = 0; plane < 3; plane++) {
            picture.putInt(STRIDE + plane * Integer.BYTES, frame.linesize(plane));
            picture.putLong(DATA + plane * Long.BYTES, frame.data(plane).address());
        }
        picture.putLong(TIME_MS, frame.pts() / 1000);
        MemoryUtil.memSet(output, 0);
        check(
                "failed",
                JNI.invokePPPI(
                        encoder, MemoryUtil.memAddress(picture), MemoryUtil.memAddress(output), method(ENCODE_FRAME)));
        return accessUnit();
    }

    private byte[] accessUnit() throws IOException {
        int layers = output.getInt(0);
        int length = 0;
        for (int layer = 0; layer < layers; layer++) {
            length += layerLength(layer);
        }
        if (length == 0) {
            throw new IOException("The H.264 encoder gave no picture");
        }
        byte[] bytes = new byte[length];
        int at = 0;
        for (int layer = 0; layer < layers; layer++) {
            int size = layerLength(layer);
            MemoryUtil.memByteBuffer(output.getLong(layer(layer) + BYTES), size).get(bytes, at, size);
            at += size;
        }
        return bytes;
    }

    private int layer(int number) {
        return LAYERS + number * library.layerBytes();
    }

    private int layerLength(int number) {
        int length = 0;
        for (int unit = 0; unit < output.getInt(layer(number) + NAL_COUNT); unit++) {
            length += MemoryUtil.memGetInt(output.getLong(layer(number) + NAL_LENGTHS) + (long) unit * Integer.BYTES);
        }
        return length;
    }

    @Override
    public void bitrate(int bitsPerSecond) throws IOException {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            // SBitrateInfo
            ByteBuffer bitrate = stack.calloc(2 * Integer.BYTES);
            bitrate.putInt(0, ALL_LAYERS).putInt(Integer.BYTES, bitsPerSecond);
            check(
                    "takes no other bitrate",
                    JNI.invokePPI(encoder, BITRATE, MemoryUtil.memAddress(bitrate), method(SET_OPTION)));
        }
    }

    private static void check(String what, int code) throws IOException {
        if (code != 0) {
            throw new IOException("The H.264 encoder of libopenh264 " + what + ": code " + code);
        }
    }

    @Override
    public void close() {
        if (started) {
            JNI.invokePI(encoder, method(UNINITIALIZE));
        }
        try {
            JNI.invokePV(encoder, library.function("WelsDestroySVCEncoder"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } finally {
            MemoryUtil.memFree(picture);
            MemoryUtil.memFree(output);
        }
    }
}
