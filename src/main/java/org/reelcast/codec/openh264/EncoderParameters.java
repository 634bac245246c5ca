package org.reelcast.codec.openh264;

import java.nio.ByteBuffer;
import org.reelcast.codec.ffmpeg.EncoderSettings;
import org.reelcast.media.Colour;

/** {@code SEncParamExt} of OpenH264's {@code codec_app_def.h}, whose fields lie at the same places in all versions. */
final class EncoderParameters {
    /** More than any version has: fields are only added at its end. */
    static final int BYTES = 2048;

    private static final int WIDTH = 4;
    private static final int HEIGHT = 8;
    private static final int TARGET_BITRATE = 12;
    private static final int RATE_CONTROL = 16;
    private static final int FRAME_RATE = 20;
    private static final int LAYER = 32;
    private static final int ENTROPY_CODING = 856;
    private static final int FRAME_SKIP = 860;
    private static final int MAX_QUANTIZER = 868;
    private static final int MIN_QUANTIZER = 872;
    private static final int MAX_UNIT = 876;
    private static final int THREADS = 892;
    private static final int BACKGROUND_DETECTION = 909;
    private static final int ADAPTIVE_QUANTIZATION = 910;
    private static final int SCENE_CHANGE_DETECTION = 912;

    // SSpatialLayerConfig
    private static final int LAYER_WIDTH = LAYER;
    private static final int LAYER_HEIGHT = LAYER + 4;
    private static final int LAYER_FRAME_RATE = LAYER + 8;
    private static final int LAYER_BITRATE = LAYER + 12;
    private static final int LAYER_PROFILE = LAYER + 20;
    private static final int SLICE_MODE = LAYER + 32;
    private static final int SLICES = LAYER + 36;
    private static final int SLICE_BYTES = LAYER + 180;
    private static final int SIGNAL_TYPE = LAYER + 184;
    private static final int VIDEO_FORMAT = LAYER + 185;
    private static final int FULL_RANGE = LAYER + 186;
    private static final int COLOUR_DESCRIPTION = LAYER + 187;
    private static final int PRIMARIES = LAYER + 188;
    private static final int TRANSFER = LAYER + 189;
    private static final int MATRIX = LAYER + 190;

    /** RC_QUALITY_MODE and RC_BITRATE_MODE. */
    private static final int QUALITY = 0;

    private static final int BITRATE = 1;
    /** No limit in earnest: quality is constant. */
    private static final int QUALITY_BITRATE = 100_000_000;
    /** PRO_HIGH and PRO_BASELINE, which is Constrained Baseline here. */
    private static final int HIGH = 100;

    private static final int BASELINE = 66;

    private static final int CABAC = 1;
    /** SM_FIXEDSLCNUM_SLICE. */
    private static final int FIXED_NUMBER = 1;
    /** SM_SIZELIMITED_SLICE. */
    private static final int LIMITED_SIZE = 3;
    /** VF_UNDEF. */
    private static final byte UNDEFINED_FORMAT = 5;

    private EncoderParameters() {}

    /** @param to holds the library's defaults */
    static void write(EncoderSettings settings, ByteBuffer to) {
        int bitrate = settings.isQuality() ? QUALITY_BITRATE : settings.bitrate();
        to.putInt(WIDTH, settings.width()).putInt(HEIGHT, settings.height());
        to.putInt(TARGET_BITRATE, bitrate).putInt(RATE_CONTROL, settings.isQuality() ? QUALITY : BITRATE);
        to.putFloat(FRAME_RATE, settings.framesPerSecond());
        to.putInt(LAYER_WIDTH, settings.width()).putInt(LAYER_HEIGHT, settings.height());
        to.putFloat(LAYER_FRAME_RATE, settings.framesPerSecond()).putInt(LAYER_BITRATE, bitrate);
        boolean baseline = settings.unitBytes() > 0;
        to.putInt(LAYER_PROFILE, baseline ? BASELINE : HIGH).putInt(ENTROPY_CODING, baseline ? 0 : CABAC);
        to.put(FRAME_SKIP, (byte) 0);
        if (settings.isQuality()) {
            to.putInt(MAX_QUANTIZER, settings.quantizer()).putInt(MIN_QUANTIZER, settings.quantizer());
        }
        to.putShort(THREADS, (short) settings.threads());
        if (baseline) {
            to.putInt(SLICE_MODE, LIMITED_SIZE).putInt(SLICE_BYTES, settings.unitBytes());
            to.putInt(MAX_UNIT, settings.unitBytes());
        } else if (settings.threads() > 1) {
            to.putInt(SLICE_MODE, FIXED_NUMBER).putInt(SLICES, settings.threads());
        }
        // both cost up to half a decibel on grain and gain nothing elsewhere
        to.put(BACKGROUND_DETECTION, (byte) 0).put(ADAPTIVE_QUANTIZATION, (byte) 0);
        to.put(SCENE_CHANGE_DETECTION, (byte) (settings.sceneCuts() ? 1 : 0));
        describe(settings.colour(), to);
    }

    private static void describe(Colour colour, ByteBuffer to) {
        if (!colour.equals(Colour.UNSPECIFIED)) {
            to.put(SIGNAL_TYPE, (byte) 1).put(VIDEO_FORMAT, UNDEFINED_FORMAT);
            to.put(FULL_RANGE, (byte) (colour.fullRange() ? 1 : 0)).put(COLOUR_DESCRIPTION, (byte) 1);
            to.put(PRIMARIES, (byte) colour.primaries()).put(TRANSFER, (byte) colour.transfer());
            to.put(MATRIX, (byte) colour.matrix());
        }
    }
}
