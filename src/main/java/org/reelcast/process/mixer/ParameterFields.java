package org.reelcast.process.mixer;

import jakarta.json.JsonObjectBuilder;
import java.awt.image.BufferedImage;
import java.util.Optional;
import org.reelcast.live.images.ImageFolder;
import org.reelcast.live.images.Watermark;
import org.reelcast.process.mixer.picture.TextStyle;
import org.reelcast.refusal.Refusal;
import org.reelcast.rest.RequestBody;

/** A mixer's parameters as fields of JSON: the names of the settings, in camel case, as WCS has them. */
final class ParameterFields {
    private static final int OPAQUE = 255;
    private static final int PERCENT = 100;

    private ParameterFields() {}

    /** {@code before} with what the request says otherwise. @throws Refusal when it cannot be so */
    static MixerParameters with(MixerParameters before, RequestBody body, ImageFolder images) throws Refusal {
        TextStyle style = before.style();
        String align =
                body.string("mixerDesktopAlign").orElse(before.layout().align().name());
        String background = body.string("background").orElse(before.backgroundName());
        BufferedImage image = background.equals(before.backgroundName())
                ? before.backgroundImage()
                : background.isEmpty() ? null : images.read(background);
        String watermark = body.string("watermark").orElse(name(before.watermark()));
        Watermark mark = watermark.equals(name(before.watermark()))
                ? before.watermark()
                : watermark.isEmpty() ? null : images.watermark(watermark);
        return new MixerParameters(
                        body.bool("hasVideo").orElse(before.hasVideo()),
                        body.bool("hasAudio").orElse(before.hasAudio()),
                        number(body, "mixerVideoWidth", before.width()),
                        number(body, "mixerVideoHeight", before.height()),
                        number(body, "mixerVideoFps", before.fps()),
                        number(body, "mixerVideoBitrateKbps", before.bitrateKbps()),
                        LayoutChoice.of(
                                body.string("mixerLayoutClass")
                                        .orElse(before.layout().className()),
                                MixerParameters.align(align)),
                        colour(body, "mixerBackgroundColour", before.background()),
                        image,
                        background,
                        mark,
                        body.bool("mixerDisplayStreamName").orElse(before.showsNames()),
                        new TextStyle(
                                number(body, "mixerFontSize", style.size()),
                                number(body, "mixerFontSizeAudioOnly", style.sizeAlone()),
                                colour(body, "mixerTextColour", style.colour()),
                                colour(body, "mixerTextBackgroundColour", style.background()),
                                number(body, "mixerTextBackgroundOpacity", percent(style)) * OPAQUE / PERCENT),
                        body.string("mixerVideoLayoutDesktopKeyWord").orElse(before.desktopKeyWord()),
                        before.bufferingUs())
                .checked();
    }

    private static String name(Watermark watermark) {
        return watermark == null ? "" : watermark.name();
    }

    private static int percent(TextStyle style) {
        return Math.round((float) style.backgroundAlpha() * PERCENT / OPAQUE);
    }

    /** A whole number, or one in a string. */
    static int number(RequestBody body, String name, int otherwise) throws Refusal {
        Optional<String> text = body.text(name);
        try {
            return text.map(Integer::parseInt).orElse(otherwise);
        } catch (NumberFormatException e) {
            throw MixerParameters.wrong("\"" + name + "\" is no whole number");
        }
    }

    private static int colour(RequestBody body, String name, int otherwise) throws Refusal {
        Optional<String> text = body.string(name);
        return text.isPresent() ? MixerParameters.colour(text.get()) : otherwise;
    }

    static void add(JsonObjectBuilder json, MixerParameters parameters) {
        TextStyle style = parameters.style();
        json.add("hasVideo", parameters.hasVideo())
                .add("hasAudio", parameters.hasAudio())
                .add("mixerVideoWidth", parameters.width())
                .add("mixerVideoHeight", parameters.height())
                .add("mixerVideoFps", parameters.fps())
                .add("mixerVideoBitrateKbps", parameters.bitrateKbps())
                .add("mixerLayoutClass", parameters.layout().className())
                .add("mixerDesktopAlign", parameters.layout().align().name())
                .add("mixerVideoLayoutDesktopKeyWord", parameters.desktopKeyWord())
                .add("mixerBackgroundColour", MixerParameters.colour(parameters.background()))
                .add("background", parameters.backgroundName())
                .add("watermark", name(parameters.watermark()))
                .add("mixerDisplayStreamName", parameters.showsNames())
                .add("mixerFontSize", style.size())
                .add("mixerFontSizeAudioOnly", style.sizeAlone())
                .add("mixerTextColour", MixerParameters.colour(style.colour()))
                .add("mixerTextBackgroundColour", MixerParameters.colour(style.background()))
                .add("mixerTextBackgroundOpacity", percent(style))
                .add("mixerInBufferingMs", parameters.bufferingUs() / 1000);
    }
}
