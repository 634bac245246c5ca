package org.reelcast.codec.ffmpeg;

import java.util.LinkedHashMap;
import java.util.Map;
import org.reelcast.media.Colour;

/**
 * What becomes of the colours of pictures of high dynamic range or wide gamut on a screen of BT.709. Light
 * is brought down as Chromium does it, so that films look as they do in a plain video element: what is up to a white of
 * 203 cd/m² (ITU-R BT.2408) by half, above it along a quadratic Bézier curve that ends at 1000 cd/m², which becomes the
 * screen's white; by the brightest of the primaries, so that hues stay. What BT.709 has no colour for is cut off.
 */
final class ToneMap {
    /** Steps of light, and of the values that stand for it, in tables. */
    private static final int LIGHT_STEPS = 1 << 14;

    private static final int VALUE_STEPS = 1 << 12;

    // code points of ITU-T H.273
    private static final int BT709 = 1;
    private static final int BT601 = 5;
    private static final int SMPTE170M = 6;
    private static final int BT2020 = 9;
    private static final int P3_DCI = 11;
    private static final int P3_DISPLAY = 12;
    private static final int PQ = 16;
    private static final int HLG = 18;

    /** From linear BT.2020 to linear BT.709 (ITU-R BT.2087), row by row. */
    private static final float[] FROM_BT2020 = {
        1.660491f, -0.587641f, -0.072850f, -0.124550f, 1.132900f, -0.008349f, -0.018151f, -0.100579f, 1.118730f
    };
    /** From linear P3 with the white of BT.709. */
    private static final float[] FROM_P3 = {
        1.224940f, -0.224940f, 0, -0.042057f, 1.042057f, 0, -0.019638f, -0.078636f, 1.098274f
    };

    private static final float[] SAME = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    private static final double WHITE = 203;
    private static final double BRIGHTEST = 1000;
    private static final double WHITE_SHOWN = 0.5;
    private static final double BEND = 0.65;
    private static final int REMEMBERED = 8;
    private static final Map<Colour, ToneMap> MADE = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Colour, ToneMap> eldest) {
            return size() > REMEMBERED;
        }
    };

    private final boolean isHdr;
    private final boolean isHlg;
    private final float[] to;
    private final float lumaScale;
    private final float lumaOffset;
    private final float redOfV;
    private final float greenOfU;
    private final float greenOfV;
    private final float blueOfU;
    private final float[] light = new float[VALUE_STEPS + 1];
    private final float[] shown = new float[LIGHT_STEPS + 1];

    private ToneMap(Colour colour) {
        isHlg = colour.transfer() == HLG;
        isHdr = isHlg || colour.transfer() == PQ;
        to = colour.primaries() == P3_DCI || colour.primaries() == P3_DISPLAY
                ? FROM_P3
                : colour.primaries() == BT709 ? SAME : FROM_BT2020;
        lumaScale = VALUE_STEPS / (colour.fullRange() ? 1023f : 876f);
        lumaOffset = colour.fullRange() ? 0 : 64;
        double span = VALUE_STEPS / (colour.fullRange() ? 1023.0 : 896.0);
        double red = redWeight(colour.matrix());
        double blue = blueWeight(colour.matrix());
        double green = 1 - red - blue;
        redOfV = (float) (2 * (1 - red) * span);
        blueOfU = (float) (2 * (1 - blue) * span);
        greenOfU = (float) (-blue / green * blueOfU);
        greenOfV = (float) (-red / green * redOfV);
        for (int i = 0; i <= VALUE_STEPS; i++) {
            double value = i / (double) VALUE_STEPS;
            light[i] = (float) (colour.transfer() == PQ ? pq(value) / WHITE : isHlg ? hlg(value) : linear(value));
        }
        for (int i = 0; i <= LIGHT_STEPS; i++) {
            shown[i] = (float) nonlinear(i / (double) LIGHT_STEPS);
        }
    }

    /** That of a colour; the last few are kept. */
    static ToneMap of(Colour colour) {
        synchronized (MADE) {
            return MADE.computeIfAbsent(colour, ToneMap::new);
        }
    }

    /** Whether a screen of BT.709 shows such pictures wrong. */
    static boolean isNeeded(Colour colour) {
        return colour.transfer() == PQ
                || colour.transfer() == HLG
                || colour.primaries() == BT2020
                || colour.primaries() == P3_DCI
                || colour.primaries() == P3_DISPLAY;
    }

    /** Weight of red in luma (ITU-T H.273 table 4). */
    private static double redWeight(int matrix) {
        return switch (matrix) {
            case BT709 -> 0.2126;
            case BT601, SMPTE170M -> 0.299;
            default -> 0.2627;
        };
    }

    private static double blueWeight(int matrix) {
        return switch (matrix) {
            case BT709 -> 0.0722;
            case BT601, SMPTE170M -> 0.114;
            default -> 0.0593;
        };
    }

    /**
     * What is shown of a pixel.
     *
     * @param y   10 bits, as {@code u} and {@code v}
     * @param rgb gets red, green and blue for the screen, 0 to 1
     */
    void map(int y, int u, int v, float[] rgb) {
        float luma = (y - lumaOffset) * lumaScale;
        float r = light(luma + redOfV * (v - 512));
        float g = light(luma + greenOfU * (u - 512) + greenOfV * (v - 512));
        float b = light(luma + blueOfU * (u - 512));
        if (isHlg) {
            // the system gamma of a screen of 1000 cd/m² (ITU-R BT.2100)
            float gamma = (float) (Math.pow(0.2627f * r + 0.678f * g + 0.0593f * b, 0.2) * BRIGHTEST / WHITE);
            r *= gamma;
            g *= gamma;
            b *= gamma;
        }
        float gain = isHdr ? gain(Math.max(r, Math.max(g, b))) : 1;
        rgb[0] = shown((to[0] * r + to[1] * g + to[2] * b) * gain);
        rgb[1] = shown((to[3] * r + to[4] * g + to[5] * b) * gain);
        rgb[2] = shown((to[6] * r + to[7] * g + to[8] * b) * gain);
    }

    private float light(float value) {
        return light[(int) Math.max(0, Math.min(VALUE_STEPS, value + 0.5f))];
    }

    private float shown(float light) {
        return shown[(int) Math.max(0, Math.min(LIGHT_STEPS, light * LIGHT_STEPS + 0.5f))];
    }

    /** Light that is shown for light relative to white. */
    private static float gain(float light) {
        double end = BRIGHTEST / WHITE;
        if (light <= 1 || light >= end) {
            return light <= 1 ? (float) WHITE_SHOWN : 1 / light;
        }
        // the curve's middle point lies on the line that goes on from below the white, BEND of the way to its end
        double middle = 1 - BEND + BEND / WHITE_SHOWN;
        double square = 1 - 2 * middle + end;
        double linear = 2 * (middle - 1);
        double t = (Math.sqrt(linear * linear - 4 * square * (1 - light)) - linear) / (2 * square);
        double shownMiddle = (1 - BEND) * WHITE_SHOWN + BEND;
        return (float) (((1 - t) * (1 - t) * WHITE_SHOWN + 2 * t * (1 - t) * shownMiddle + t * t) / light);
    }

    /** cd/m² of a value (SMPTE ST 2084). */
    private static double pq(double value) {
        double power = Math.pow(value, 1 / 78.84375);
        return 10_000 * Math.pow(Math.max(0, power - 0.8359375) / (18.8515625 - 18.6875 * power), 1 / 0.1593017578125);
    }

    /** Light of a scene, 0 to 1 (ITU-R BT.2100). */
    private static double hlg(double value) {
        return value <= 0.5 ? value * value / 3 : (Math.exp((value - 0.55991073) / 0.17883277) + 0.28466892) / 12;
    }

    /** IEC 61966-2-1, which browsers take for that of all films of standard range. */
    private static double linear(double value) {
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    private static double nonlinear(double light) {
        return light <= 0.0031308 ? light * 12.92 : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
    }
}
