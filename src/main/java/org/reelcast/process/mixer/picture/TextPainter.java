package org.reelcast.process.mixer.picture;

import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.codec.ffmpeg.Overlay;
import org.reelcast.loop.AnyThread;

/**
 * Draws labels, and what stands in for pictures that are missing, with the fonts of the system. Where there are none,
 * nothing is drawn, and the log says so once.
 */
@AnyThread
public final class TextPainter {
    private static final Logger LOG = Logger.getLogger(TextPainter.class.getName());
    private static final String CUT = "…";
    /** Code points: more are not measured, since no label is so wide. */
    private static final int MOST_DRAWN = 200;

    private static final int PADDING = 5;
    private static final int GREY = 0x404040;
    private static volatile boolean complained;

    private final TextStyle style;

    public TextPainter(TextStyle style) {
        this.style = style;
    }

    /** A box with the text, no wider than that; what is too long is cut. Empty when there is nothing to be seen. */
    Optional<Overlay> label(String text, int maxWidth) {
        return drawn(() -> {
            Font font = font(style.size());
            FontMetrics metrics = metrics(font);
            String fitting = fitting(text, metrics, maxWidth - 2 * PADDING);
            if (fitting.isEmpty()) {
                return null;
            }
            int width = even(metrics.stringWidth(fitting) + 2 * PADDING);
            BufferedImage image =
                    new BufferedImage(width, even(metrics.getHeight() + PADDING), BufferedImage.TYPE_INT_ARGB);
            Graphics2D graphics = image.createGraphics();
            graphics.setColor(new Color(style.background() & 0xffffff | style.backgroundAlpha() << 24, true));
            graphics.setComposite(AlphaComposite.Src);
            graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
            graphics.setComposite(AlphaComposite.SrcOver);
            write(graphics, font, fitting, PADDING, PADDING / 2 + metrics.getAscent());
            graphics.dispose();
            return overlay(image);
        });
    }

    /** Grey of that size with the image or else the text in the middle. @param image null for none */
    Optional<Overlay> standIn(BufferedImage image, String text, int width, int height) {
        return drawn(() -> {
            BufferedImage canvas = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
            Graphics2D graphics = canvas.createGraphics();
            graphics.setColor(new Color(GREY));
            graphics.fillRect(0, 0, width, height);
            if (image != null) {
                fit(graphics, image, width, height);
            } else {
                Font font = font(Math.min(style.sizeAlone(), Math.max(8, height / 4)));
                FontMetrics metrics = metrics(font);
                String fitting = fitting(text, metrics, width - 2 * PADDING);
                write(
                        graphics,
                        font,
                        fitting,
                        (width - metrics.stringWidth(fitting)) / 2,
                        (height - metrics.getHeight()) / 2 + metrics.getAscent());
            }
            graphics.dispose();
            return overlay(canvas);
        });
    }

    /** One plain colour, and the image over all of it. @param image null for none */
    static Overlay background(int rgb, BufferedImage image, int width, int height) {
        BufferedImage canvas = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = canvas.createGraphics();
        graphics.setColor(new Color(rgb));
        graphics.fillRect(0, 0, width, height);
        if (image != null) {
            smooth(graphics);
            graphics.drawImage(image, 0, 0, width, height, null);
        }
        graphics.dispose();
        return overlay(canvas);
    }

    private static void fit(Graphics2D graphics, BufferedImage image, int width, int height) {
        double scale = Math.min((double) width / image.getWidth(), (double) height / image.getHeight());
        int fitWidth = (int) Math.round(image.getWidth() * scale);
        int fitHeight = (int) Math.round(image.getHeight() * scale);
        smooth(graphics);
        graphics.drawImage(image, (width - fitWidth) / 2, (height - fitHeight) / 2, fitWidth, fitHeight, null);
    }

    private static void smooth(Graphics2D graphics) {
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    }

    private void write(Graphics2D graphics, Font font, String text, int x, int baseline) {
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setFont(font);
        graphics.setColor(new Color(style.colour() & 0xffffff));
        graphics.drawString(text, x, baseline);
    }

    private static Font font(int size) {
        return new Font(Font.SANS_SERIF, Font.PLAIN, size);
    }

    private static FontMetrics metrics(Font font) {
        Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB).createGraphics();
        try {
            return graphics.getFontMetrics(font);
        } finally {
            graphics.dispose();
        }
    }

    private static String fitting(String text, FontMetrics metrics, int width) {
        int[] points = text.codePoints().limit(MOST_DRAWN).toArray();
        if (points.length < text.codePointCount(0, text.length()) || metrics.stringWidth(text) > width) {
            int count = points.length;
            String cut;
            do {
                cut = new String(points, 0, count) + CUT;
            } while (metrics.stringWidth(cut) > width && count-- > 0);
            return count <= 0 ? "" : cut;
        }
        return text;
    }

    private static int even(int length) {
        return length + 1 & ~1;
    }

    private static Overlay overlay(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        return Overlay.of(image.getRGB(0, 0, width, height, null, 0, width), width, height);
    }

    private interface Drawing {
        Overlay draw();
    }

    /** A machine without fonts fails in many ways, some of which are errors. */
    private static Optional<Overlay> drawn(Drawing drawing) {
        try {
            return Optional.ofNullable(drawing.draw());
        } catch (RuntimeException | LinkageError | InternalError e) {
            if (!complained) {
                complained = true;
                LOG.log(
                        Level.WARNING,
                        "Mixed pictures have no labels: Java finds no fonts on this machine; install "
                                + "fontconfig and a font, fonts-dejavu-core for instance",
                        e);
            }
            return Optional.empty();
        }
    }
}
