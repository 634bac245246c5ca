package org.reelcast.output.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.reelcast.bitstream.aac.AudioSpecificConfig;
import org.reelcast.media.AacFormat;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;
import org.reelcast.mp4.write.AudioTrack;
import org.reelcast.mp4.write.FragmentWriter;

/**
 * The sound of a recording of AAC: access units as they come, one behind the other as long as their times allow. Units
 * from right before the film's start go into it too, for the decoder to settle, and its edit list leaves them out.
 *
 * <p>Where times jump by more than half a unit, the last one before the jump lasts until the next. Where they overlap
 * by more than that, as they may at a loop's seam, a unit is left out. So sound is never further from its time than
 * half a unit, and what it is off by does not add up from seam to seam.
 */
final class AacTrackWriter implements AudioTrackWriter {
    private final AacFormat source;
    private final AudioTrack track;
    private final Timescale timescale;
    private final int preroll;
    /** Of a unit, in the track's units. */
    private final int duration;
    /** Those before the film's start. */
    private final Deque<Unit> early = new ArrayDeque<>();

    private FragmentWriter out;
    private boolean started;
    /** Of the first unit that is written. */
    private long firstUs;

    private long first;
    /** Units of the track before the film. */
    private long priming;
    /** Waits for the next one, which says how long it lasts. */
    private Unit last;

    private long lastAt;

    private record Unit(Frame frame, long timeUs) {}

    AacTrackWriter(AacFormat source) {
        AudioSpecificConfig config = AudioSpecificConfig.parse(source.config().bytes());
        this.source = source;
        timescale = new Timescale(source.sampleRate(), source.sampleRate());
        preroll = config.prerollFrames();
        duration = config.frameSamples();
        track = new AudioTrack(
                new AacFormat(
                        source.config(),
                        source.sampleRate(),
                        source.channels(),
                        timescale.unitsPerSecond(),
                        source.language()),
                0,
                0);
    }

    @Override
    public AudioTrack track() {
        return track;
    }

    @Override
    public void writeTo(FragmentWriter writer) {
        out = writer;
    }

    @Override
    public boolean takes(Format format) {
        return source.equals(format);
    }

    @Override
    public void take(Frame frame, long timeUs) throws IOException {
        Unit unit = new Unit(frame, timeUs);
        if (started) {
            write(unit);
            return;
        }
        early.add(unit);
        if (timescale.units(timeUs) + duration > 0) {
            start();
        } else if (early.size() > preroll) {
            early.remove();
        }
    }

    private void start() throws IOException {
        if (!out.audioPriming((int) Math.max(0, -timescale.units(early.element().timeUs())))) {
            early.removeIf(unit -> unit.timeUs() < 0);
        }
        started = !early.isEmpty();
        if (started) {
            firstUs = early.element().timeUs();
            first = timescale.units(firstUs);
            priming = Math.max(0, -first);
            for (Unit unit : early) {
                write(unit);
            }
            early.clear();
        }
    }

    private void write(Unit unit) throws IOException {
        long at = first + timescale.units(unit.timeUs() - firstUs);
        if (last != null) {
            long next = lastAt + duration;
            long overlap = next - at;
            if (overlap * 2 > duration) {
                return;
            }
            at = overlap * 2 < -duration ? at : next;
            writeLast((int) Math.min(Integer.MAX_VALUE, at - lastAt));
        }
        last = unit;
        lastAt = at;
    }

    private void writeLast(int lasts) throws IOException {
        Slice slice = last.frame().slice(0);
        out.audio(lastAt + priming, lasts, ByteBuffer.wrap(slice.array(), slice.offset(), slice.length()));
    }

    /** Nothing can be put in the place of what did not come: the unit before lasts longer. */
    @Override
    public void keepUp(long timeUs) {
        // see above
    }

    @Override
    public void finish() throws IOException {
        if (last != null) {
            writeLast(duration);
            last = null;
        }
    }

    @Override
    public void close() {
        // nothing of its own to give back
    }
}
