package org.reelcast.output.snapshot;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.reelcast.codec.ffmpeg.ImageEncoder;

/** The formats in which images can be had. */
enum ImageFormat {
    PNG("image/png", ImageEncoder.PNG),
    JPEG("image/jpeg", ImageEncoder.JPEG);

    private final String mediaType;
    private final ImageEncoder encoder;

    ImageFormat(String mediaType, ImageEncoder encoder) {
        this.mediaType = mediaType;
        this.encoder = encoder;
    }

    /** The format of that name, {@code png}, {@code jpeg} or {@code jpg}; empty for any other. */
    static Optional<ImageFormat> named(String name) {
        String upper = name.equalsIgnoreCase("jpg") ? JPEG.name() : name.toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> format.name().equals(upper))
                .findFirst();
    }

    /** As HTTP names it. */
    String mediaType() {
        return mediaType;
    }

    ImageEncoder encoder() {
        return encoder;
    }
}
