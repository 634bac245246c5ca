package org.reelcast.mp4.read;

import static org.reelcast.mp4.read.Mp4.box;
import static org.reelcast.mp4.read.Mp4.u16;
import static org.reelcast.mp4.read.Mp4.u8;

import java.util.Arrays;
import java.util.List;

/** A film of pictures that a test has made: 160x128, 25 a second, without sound. */
public final class GeneratedFilm {
    private static final int PICTURE = 512;

    private GeneratedFilm() {}

    /**
     * The whole file.
     *
     * @param samples in decode order, each unit with four bytes of length in front
     * @param syncs   which of them are key frames
     * @param orders  the place of each among those shown; null for a film that does not say
     */
    public static byte[] of(byte[] sps, byte[] pps, List<byte[]> samples, List<Integer> syncs, List<Integer> orders) {
        return of(4, sps, pps, samples, syncs, orders);
    }

    /** The whole file without the decoder's configuration: the samples bring all that there is. */
    public static byte[] withoutConfig(List<byte[]> samples, List<Integer> syncs) {
        return of(Mp4.visual("avc1", 160, 128), samples, syncs, null);
    }

    /** @param lengthSize bytes of length in front of each unit */
    public static byte[] of(
            int lengthSize, byte[] sps, byte[] pps, List<byte[]> samples, List<Integer> syncs, List<Integer> orders) {
        byte[] config = box(
                "avcC",
                u8(1, sps[1], sps[2], sps[3], 0xfc | lengthSize - 1, 0xe1),
                u16(sps.length),
                sps,
                u8(1),
                u16(pps.length),
                pps);
        return of(Mp4.visual("avc1", 160, 128, config), samples, syncs, orders);
    }

    private static byte[] of(byte[] entry, List<byte[]> samples, List<Integer> syncs, List<Integer> orders) {
        TestTrack track = TestTrack.video(1, samples.size());
        track.entries.set(0, entry);
        track.media = samples;
        Arrays.setAll(track.sizes, i -> samples.get(i).length);
        track.syncs = syncs.stream().mapToLong(sync -> sync + 1).toArray();
        if (orders != null) {
            // one picture of delay, which the edit list takes out
            track.offsets = new int[samples.size()];
            Arrays.setAll(track.offsets, i -> (1 + orders.get(i) - i) * PICTURE);
            track.edits = new long[][] {{samples.size() * 40L, PICTURE, 1}};
        }
        return new TestMovie(track).bytes();
    }
}
