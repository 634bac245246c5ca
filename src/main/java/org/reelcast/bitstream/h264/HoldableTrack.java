package org.reelcast.bitstream.h264;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;

/**
 * A track whose last picture can be held, and whose key frames bring their parameter sets: that of {@link HeldPictures} goes
 * with them. One track, one instance.
 */
public final class HoldableTrack {
    private static final int SHORTEST_SET = 4;

    private List<byte[]> sps = List.of();
    /** With that of held pictures. */
    private List<byte[]> pps = List.of();
    /** Those that the track brings. */
    private List<byte[]> own = List.of();

    private HeldPictures held;
    private Slice heldSet;

    /**
     * Takes the next picture. The parameter sets in force are those of a key frame, or were of one before it.
     *
     * @return whether they are others from now on
     */
    public boolean take(Frame picture) {
        boolean others = picture.isKey() && describe(picture);
        int slice = held == null ? picture.slices() : firstSlice(picture);
        if (slice < picture.slices()) {
            Slice first = picture.slice(slice);
            held.follow(first.array(), first.offset(), first.length());
        }
        return others;
    }

    private boolean describe(Frame key) {
        List<byte[]> newSps = units(key, NalType.SPS);
        List<byte[]> newPps = units(key, NalType.PPS);
        if (newSps.isEmpty() || newPps.isEmpty() || same(newSps, sps) && same(newPps, own)) {
            return false;
        }
        sps = newSps;
        own = newPps;
        held = HeldPictures.of(Sps.parse(sps.get(0), 0, sps.get(0).length), own).orElse(null);
        pps = new ArrayList<>(own);
        if (held != null) {
            byte[] set = held.parameterSet();
            heldSet = Slice.of(set);
            pps.add(set);
        }
        return true;
    }

    private static List<byte[]> units(Frame frame, int type) {
        List<byte[]> units = new ArrayList<>();
        for (int i = 0; i < frame.slices(); i++) {
            Slice slice = frame.slice(i);
            if (slice.length() >= SHORTEST_SET && NalType.of(slice.array()[slice.offset()]) == type) {
                units.add(Arrays.copyOfRange(slice.array(), slice.offset(), slice.offset() + slice.length()));
            }
        }
        return units;
    }

    private static boolean same(List<byte[]> some, List<byte[]> others) {
        return Arrays.deepEquals(some.toArray(), others.toArray());
    }

    /** The sequence parameter sets in force. */
    public List<byte[]> sps() {
        return sps;
    }

    /** The picture parameter sets in force, with that of held pictures. */
    public List<byte[]> pps() {
        return pps;
    }

    /** The NAL units of a picture of the track; those of a key frame with the parameter set of held pictures. */
    public Slice[] units(Frame picture) {
        int setAt = picture.isKey() && held != null ? firstSlice(picture) : picture.slices();
        List<Slice> units = new ArrayList<>();
        for (int i = 0; i < picture.slices(); i++) {
            if (i == setAt) {
                units.add(heldSet);
            }
            units.add(picture.slice(i));
        }
        return units.toArray(Slice[]::new);
    }

    private static int firstSlice(Frame picture) {
        int at = 0;
        while (at < picture.slices() && !isSlice(picture.slice(at))) {
            at++;
        }
        return at;
    }

    private static boolean isSlice(Slice unit) {
        int type = unit.length() < 2 ? 0 : NalType.of(unit.array()[unit.offset()]);
        return type == NalType.IDR || type == NalType.SLICE;
    }

    /** The last picture once more; empty when it cannot be held. */
    public Optional<Slice> again() {
        return Optional.ofNullable(held).map(pictures -> Slice.of(pictures.picture()));
    }
}
