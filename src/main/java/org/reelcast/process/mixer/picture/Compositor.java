package org.reelcast.process.mixer.picture;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.reelcast.codec.ffmpeg.FfmpegException;
import org.reelcast.codec.ffmpeg.Overlay;
import org.reelcast.codec.ffmpeg.Picture;
import org.reelcast.live.images.Watermark;
import org.reelcast.process.mixer.layout.Cell;
import org.reelcast.process.mixer.layout.Layout;
import org.reelcast.process.mixer.layout.Tile;

/**
 * One picture of many: one canvas that stays, on which each input is drawn when it shows something new. For one thread
 * at a time.
 */
public final class Compositor implements AutoCloseable {
    private final Picture canvas;
    private final TextPainter text;
    private final Map<Object, Slot> slots = new IdentityHashMap<>();
    private Overlay background;
    private Layout layout;
    private List<Object> placed = List.of();
    private List<Tile> tiles = List.of();
    private boolean stale = true;
    /** Lies on all; null for none. */
    private Watermark watermark;
    /** The canvas with it; null for none. */
    private Picture marked;

    /** A compositor of pictures of that size, both even. @param rgb the colour where no input is */
    public Compositor(int width, int height, int rgb, Layout layout, TextStyle style) throws FfmpegException {
        this.text = new TextPainter(style);
        this.layout = layout;
        this.background = TextPainter.background(rgb, null, width, height);
        this.canvas = Picture.canvas(width, height);
    }

    /** From the next picture on inputs are placed so. */
    public void layout(Layout other) {
        stale |= !layout.equals(other);
        layout = other;
    }

    /** From the next picture on that is behind the inputs. @param image null for none */
    public void background(int rgb, BufferedImage image) {
        background = TextPainter.background(rgb, image, canvas.width(), canvas.height());
        stale = true;
    }

    /** From the next picture on that lies on all of it. @param mark null for none */
    public void watermark(Watermark mark) {
        watermark = mark;
    }

    /** The picture of these inputs: the compositor's, until the next call. */
    public Picture compose(List<Input> inputs) throws FfmpegException {
        // a canvas that is shared would be copied when it is drawn on
        forgetMarked();
        List<Slot> drawn = slots(inputs);
        boolean anew = place(inputs, drawn);
        List<Cell> touched = new ArrayList<>();
        for (int i = 0; i < drawn.size(); i++) {
            Slot slot = drawn.get(i);
            if (anew || slot.isStale(inputs.get(i)) || touched.stream().anyMatch(slot.cell()::overlaps)) {
                slot.draw(inputs.get(i), canvas);
                touched.add(slot.cell());
            }
        }
        return watermark == null ? canvas : marked();
    }

    /** What is drawn stays without it, since it would be blended in again and again. */
    private Picture marked() throws FfmpegException {
        Picture copy = canvas.share();
        try {
            watermark.blend(copy);
            marked = copy;
            return copy;
        } finally {
            if (marked == null) {
                copy.close();
            }
        }
    }

    private void forgetMarked() {
        if (marked != null) {
            marked.close();
            marked = null;
        }
    }

    private List<Slot> slots(List<Input> inputs) throws FfmpegException {
        List<Object> keys = inputs.stream().map(Input::key).toList();
        if (!same(keys, placed)) {
            stale = true;
            placed = keys;
            slots.entrySet().removeIf(slot -> {
                boolean gone = keys.stream().noneMatch(key -> key == slot.getKey());
                if (gone) {
                    slot.getValue().close();
                }
                return gone;
            });
            for (Object key : keys) {
                if (!slots.containsKey(key)) {
                    slots.put(key, new Slot(text));
                }
            }
        }
        return keys.stream().map(slots::get).toList();
    }

    private static boolean same(List<Object> some, List<Object> others) {
        boolean same = some.size() == others.size();
        for (int i = 0; same && i < some.size(); i++) {
            same = some.get(i) == others.get(i);
        }
        return same;
    }

    /** @return whether all is to be drawn anew */
    private boolean place(List<Input> inputs, List<Slot> drawn) throws FfmpegException {
        List<Tile> now = new ArrayList<>(inputs.size());
        for (int i = 0; i < inputs.size(); i++) {
            now.add(drawn.get(i).tile(inputs.get(i)));
        }
        if (!stale && now.equals(tiles)) {
            return false;
        }
        tiles = now;
        stale = false;
        background.blend(canvas, 0, 0);
        List<Cell> cells = now.isEmpty() ? List.of() : layout.cells(now, canvas.width(), canvas.height());
        for (int i = 0; i < cells.size(); i++) {
            drawn.get(i).place(cells.get(i));
        }
        return true;
    }

    @Override
    public void close() {
        slots.values().forEach(Slot::close);
        slots.clear();
        forgetMarked();
        canvas.close();
    }
}
