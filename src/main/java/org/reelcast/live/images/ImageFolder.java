package org.reelcast.live.images;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.Blocking;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

/** The folder of the images that may be laid on pictures: watermarks, avatars, backgrounds. */
@AnyThread
public final class ImageFolder {
    private static final int MOST_SIDE = 4096;
    private static final long MOST_BYTES = 32L << 20;
    /** Decoded: four bytes for each pixel of the largest. */
    private static final long MOST_MEMORY = 64L << 20;

    private final Path folder;

    public ImageFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads an image. Its size is looked at before it is decoded.
     *
     * @param name of a file in the folder
     * @throws Refusal when there is none, or it is no PNG image, or one that is too large
     */
    @Blocking
    public BufferedImage read(String name) throws Refusal {
        Path file = file(name);
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("png");
            ImageReader reader = readers.next();
            if (in == null
                    || in.length() > MOST_BYTES
                    || !reader.getOriginatingProvider().canDecodeInput(in)) {
                throw wrong("'" + name + "' is no PNG image of 32 MB at most");
            }
            try {
                // texts and profiles are compressed, and nobody here wants them
                reader.setInput(in, true, true);
                int width = reader.getWidth(0);
                int height = reader.getHeight(0);
                if (width > MOST_SIDE || height > MOST_SIDE) {
                    throw wrong("'" + name + "' has " + width + "x" + height + " pixels; 4096 a side are the most");
                }
                int bits = reader.getRawImageType(0).getColorModel().getPixelSize();
                if ((long) width * height * bits / Byte.SIZE > MOST_MEMORY) {
                    throw wrong("'" + name + "' has " + bits + " bits a pixel, and too many pixels for that");
                }
                return reader.read(0);
            } finally {
                reader.dispose();
            }
        } catch (Refusal e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new Refusal(StatusText.WRONG_IMAGE, "'" + name + "' cannot be read as a PNG image", e);
        }
    }

    /** The same as a watermark. */
    public Watermark watermark(String name) throws Refusal {
        return new Watermark(name, read(name));
    }

    private Path file(String name) throws Refusal {
        if (name.isBlank()
                || name.contains("/")
                || name.contains("\\")
                || name.contains("\0")
                || name.startsWith(".")) {
            throw wrong("an image is the name of a file in watermark_dir, not '" + name + "'");
        }
        try {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file) && file.toRealPath().startsWith(folder.toRealPath())) {
                return file;
            }
        } catch (IOException | RuntimeException e) {
            throw new Refusal(StatusText.WRONG_IMAGE, "'" + name + "' cannot be opened", e);
        }
        throw wrong("there is no '" + name + "' in watermark_dir");
    }

    private static Refusal wrong(String sentence) {
        return new Refusal(StatusText.WRONG_IMAGE, sentence);
    }
}
