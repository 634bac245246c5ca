package org.reelcast.codec.ffmpeg;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** How alike two images are: peak signal to noise ratio over red, green and blue. */
public final class Psnr {
    private Psnr() {}

    /** In dB; infinite for the same image, 0 for images of different sizes. */
    public static double of(byte[] one, byte[] other) throws IOException {
        return of(read(one), read(other));
    }

    /** A PNG or JPEG. */
    public static BufferedImage read(byte[] bytes) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
        if (image == null) {
            throw new IOException("No image in " + bytes.length + " bytes");
        }
        return image;
    }

    private static double of(BufferedImage a, BufferedImage b) {
        if (a.getWidth() != b.getWidth() || a.getHeight() != b.getHeight()) {
            return 0;
        }
        double squares = 0;
        for (int y = 0; y < a.getHeight(); y++) {
            for (int x = 0; x < a.getWidth(); x++) {
                int one = a.getRGB(x, y);
                int other = b.getRGB(x, y);
                for (int shift = 0; shift < 24; shift += 8) {
                    int difference = (one >> shift & 0xff) - (other >> shift & 0xff);
                    squares += difference * difference;
                }
            }
        }
        return 10 * Math.log10(255 * 255 / (squares / (3.0 * a.getWidth() * a.getHeight())));
    }
}
