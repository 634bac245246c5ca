package org.reelcast.process.transcoder;

import java.io.IOException;
import org.reelcast.codec.ffmpeg.Picture;
import org.reelcast.codec.ffmpeg.PictureScaler;
import org.reelcast.live.images.Watermark;

/** Makes of each of a source's pictures the one that is encoded. For one thread at a time. */
final class PictureConverter implements AutoCloseable {
    private PictureScaler scaler;

    /** The picture scaled and marked; it may be the same one where nothing is to be done. */
    Picture make(Picture source, PictureFit fit, Watermark watermark) throws IOException {
        Picture made = fitted(source, fit);
        try {
            if (watermark != null) {
                watermark.blend(made);
            }
            return made;
        } catch (IOException | RuntimeException e) {
            made.close();
            throw e;
        }
    }

    private Picture fitted(Picture source, PictureFit fit) throws IOException {
        if (fit.rotation() == 0 && PictureScaler.isAsWanted(source, fit.area(), fit.width(), fit.height())) {
            return source.share();
        }
        if (scaler == null) {
            scaler = PictureScaler.open();
        }
        Picture canvas = PictureScaler.canvas(source, fit.width(), fit.height());
        try {
            scaler.draw(source, fit.area(), fit.rotation(), canvas, fit.place());
            return canvas;
        } catch (IOException | RuntimeException e) {
            canvas.close();
            throw e;
        }
    }

    @Override
    public void close() {
        if (scaler != null) {
            scaler.close();
            scaler = null;
        }
    }
}
