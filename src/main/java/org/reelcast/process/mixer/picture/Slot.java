package org.reelcast.process.mixer.picture;

import java.awt.image.BufferedImage;
import java.util.Objects;
import java.util.Optional;
import org.reelcast.codec.ffmpeg.FfmpegException;
import org.reelcast.codec.ffmpeg.Overlay;
import org.reelcast.codec.ffmpeg.Picture;
import org.reelcast.codec.ffmpeg.PicturePlace;
import org.reelcast.codec.ffmpeg.PictureScaler;
import org.reelcast.process.mixer.layout.Cell;
import org.reelcast.process.mixer.layout.Tile;

/** One input on a canvas: draws it when something of it has changed. For one thread at a time. */
final class Slot implements AutoCloseable {
    /** Of inputs that had no picture yet. */
    private static final double USUAL_ASPECT = 16.0 / 9;

    private final TextPainter text;
    private final PictureScaler scaler;
    /** What was drawn last. */
    private Input drawn;

    private Cell cell;
    private double aspect = USUAL_ASPECT;
    private Overlay label;
    private Overlay standIn;

    Slot(TextPainter text) throws FfmpegException {
        this.text = text;
        this.scaler = PictureScaler.open();
    }

    /** As the layout sees the input; it keeps its shape while it has no picture. */
    Tile tile(Input input) {
        if (input.shown() != null) {
            aspect = input.shown().aspect();
        }
        return new Tile(aspect, input.desktop());
    }

    Cell cell() {
        return cell;
    }

    /** It is to be drawn there, anew. */
    void place(Cell there) {
        cell = there;
        drawn = null;
        label = null;
        standIn = null;
    }

    /** Whether it looks otherwise than what was drawn last. */
    boolean isStale(Input input) {
        return drawn == null
                || drawn.shown() != input.shown()
                || !drawn.label().equals(input.label())
                || !drawn.name().equals(input.name())
                || drawn.avatar() != input.avatar()
                || drawn.watermark() != input.watermark();
    }

    void draw(Input input, Picture canvas) throws FfmpegException {
        if (drawn == null || !drawn.label().equals(input.label())) {
            label = null;
        }
        Cell fitting = cell.crops() ? cell : cell.fitting(aspect);
        if (input.shown() == null) {
            drawStandIn(input, fitting, canvas);
        } else {
            InputPicture shown = input.shown();
            double shape = (double) cell.width() / cell.height();
            scaler.draw(
                    shown.picture(),
                    cell.crops() ? shown.cropped(shape) : shown.area(),
                    shown.rotation(),
                    canvas,
                    new PicturePlace(fitting.x(), fitting.y(), fitting.width(), fitting.height()));
            if (input.watermark() != null) {
                input.watermark().blend(canvas, fitting.x(), fitting.y(), fitting.width(), fitting.height());
            }
            drawLabel(input, fitting, canvas);
        }
        drawn = input;
    }

    private void drawLabel(Input input, Cell fitting, Picture canvas) throws FfmpegException {
        if (input.label().isEmpty()) {
            return;
        }
        if (label == null) {
            label = text.label(input.label(), fitting.width()).orElse(null);
        }
        if (label != null) {
            // within the cell also where that is too low for the text
            label.blend(
                    canvas,
                    fitting.x(),
                    Math.max(fitting.y(), Cell.even(fitting.y() + fitting.height() - label.height())));
        }
    }

    /** No larger than a picture, which is to hide it. */
    private void drawStandIn(Input input, Cell fitting, Picture canvas) throws FfmpegException {
        if (standIn == null || isOtherStandIn(input)) {
            BufferedImage avatar = input.avatar();
            Optional<Overlay> made = text.standIn(avatar, input.name(), fitting.width(), fitting.height());
            standIn = made.orElse(null);
        }
        if (standIn != null) {
            standIn.blend(canvas, fitting.x(), fitting.y());
        }
    }

    private boolean isOtherStandIn(Input input) {
        return drawn == null || !Objects.equals(drawn.name(), input.name()) || drawn.avatar() != input.avatar();
    }

    @Override
    public void close() {
        scaler.close();
    }
}
