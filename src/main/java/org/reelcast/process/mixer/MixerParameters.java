package org.reelcast.process.mixer;

import java.awt.image.BufferedImage;
import java.util.Locale;
import org.reelcast.codec.ffmpeg.EncoderSettings;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;
import org.reelcast.live.images.Watermark;
import org.reelcast.process.mixer.layout.DesktopLayout;
import org.reelcast.process.mixer.picture.TextStyle;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

/**
 * What a mixer makes of its inputs.
 *
 * @param hasVideo        whether there is a picture
 * @param hasAudio        whether there is sound
 * @param width           of the picture, even, as the height
 * @param fps             pictures a second
 * @param bitrateKbps     of the picture
 * @param background      the colour where no input is, 0xRRGGBB
 * @param backgroundImage over that; null for none
 * @param backgroundName  of that image's file; empty for none
 * @param watermark       lies on all of the picture; null for none
 * @param showsNames      whether streams without a label are labelled with their names
 * @param desktopKeyWord  in the name of a stream that is a shared screen; empty for none
 * @param bufferingUs     how much later than at its source all is shown
 */
record MixerParameters(
        boolean hasVideo,
        boolean hasAudio,
        int width,
        int height,
        int fps,
        int bitrateKbps,
        LayoutChoice layout,
        int background,
        BufferedImage backgroundImage,
        String backgroundName,
        Watermark watermark,
        boolean showsNames,
        TextStyle style,
        String desktopKeyWord,
        long bufferingUs) {
    static final int MOST_FPS = 60;
    static final int MOST_KBPS = 50_000;
    private static final int MOST_FONT = 400;
    private static final int OPAQUE = 255;
    private static final int PERCENT = 100;

    /** As the settings say. @throws Refusal when they cannot be so */
    static MixerParameters of(Settings settings) throws Refusal {
        int opacity = settings.get(Keys.MIXER_TEXT_BACKGROUND_OPACITY) * OPAQUE / PERCENT;
        return new MixerParameters(
                        true,
                        true,
                        settings.get(Keys.MIXER_VIDEO_WIDTH),
                        settings.get(Keys.MIXER_VIDEO_HEIGHT),
                        settings.get(Keys.MIXER_VIDEO_FPS),
                        settings.get(Keys.MIXER_VIDEO_BITRATE_KBPS),
                        LayoutChoice.of(
                                settings.get(Keys.MIXER_LAYOUT_CLASS), align(settings.get(Keys.MIXER_DESKTOP_ALIGN))),
                        colour(settings.get(Keys.MIXER_BACKGROUND_COLOUR)),
                        null,
                        "",
                        null,
                        settings.get(Keys.MIXER_DISPLAY_STREAM_NAME),
                        new TextStyle(
                                settings.get(Keys.MIXER_FONT_SIZE),
                                settings.get(Keys.MIXER_FONT_SIZE_AUDIO_ONLY),
                                colour(settings.get(Keys.MIXER_TEXT_COLOUR)),
                                colour(settings.get(Keys.MIXER_TEXT_BACKGROUND_COLOUR)),
                                opacity),
                        settings.get(Keys.MIXER_VIDEO_LAYOUT_DESKTOP_KEY_WORD),
                        settings.get(Keys.MIXER_IN_BUFFERING_MS) * 1000L)
                .checked();
    }

    /** The same after it was looked at, before anything is made for it. @throws Refusal when it cannot be so */
    MixerParameters checked() throws Refusal {
        require(hasVideo || hasAudio, "A mixer without picture and sound is none");
        require(
                !hasVideo || EncoderSettings.takes(width, height),
                "A picture of " + width + "x" + height
                        + " cannot be encoded: both must be even, 16 at least, and not more than 4096x2304 in all");
        within("mixerVideoFps", fps, 1, MOST_FPS);
        within("mixerVideoBitrateKbps", bitrateKbps, 1, MOST_KBPS);
        within("mixerFontSize", style.size(), 1, MOST_FONT);
        within("mixerFontSizeAudioOnly", style.sizeAlone(), 1, MOST_FONT);
        within("mixerTextBackgroundOpacity", style.backgroundAlpha(), 0, OPAQUE);
        return this;
    }

    /** The same with another watermark. @param mark null for none */
    MixerParameters marked(Watermark mark) {
        return new MixerParameters(
                hasVideo,
                hasAudio,
                width,
                height,
                fps,
                bitrateKbps,
                layout,
                background,
                backgroundImage,
                backgroundName,
                mark,
                showsNames,
                style,
                desktopKeyWord,
                bufferingUs);
    }

    static void within(String name, int value, int least, int most) throws Refusal {
        require(
                value >= least && value <= most,
                "\"" + name + "\" is " + value + ", and can be " + least + " to " + most);
    }

    private static void require(boolean holds, String sentence) throws Refusal {
        if (!holds) {
            throw wrong(sentence);
        }
    }

    static Refusal wrong(String sentence) {
        return new Refusal(StatusText.WRONG_MIXER_PARAMETERS, sentence);
    }

    static DesktopLayout.Align align(String text) throws Refusal {
        try {
            return DesktopLayout.Align.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw wrong("\"" + text + "\" is no alignment, but TOP, LEFT, RIGHT, BOTTOM and CENTER are");
        }
    }

    /** @param text hexadecimal, RRGGBB after # or 0x, or alone */
    static int colour(String text) throws Refusal {
        String digits = text.replaceFirst("^(#|0[xX])", "");
        if (!digits.matches("[0-9a-fA-F]{6}")) {
            throw wrong("\"" + text + "\" is no colour, as #RRGGBB is");
        }
        return Integer.parseInt(digits, 16);
    }

    static String colour(int rgb) {
        return String.format(Locale.ROOT, "0x%06X", rgb & 0xffffff);
    }

    boolean isDesktop(String name) {
        return !desktopKeyWord.isEmpty() && name.contains(desktopKeyWord);
    }
}
