package org.reelcast.bitstream.h264;

import java.util.List;
import java.util.Optional;
import org.reelcast.bitstream.BitReader;
import org.reelcast.bitstream.BitWriter;

/**
 * Makes pictures that show the one before them once more: every macroblock is skipped (P_Skip, ITU-T H.264, 7.4.5), and
 * nothing refers to them, so that those that follow are decoded as if they were not there. For tracks whose picture has
 * to stand for a while and yet go on. They bring a picture parameter set of their own, in which all is as simple as it
 * can be. One track, one instance.
 */
public final class HeldPictures {
    private static final int MAX_PPS_ID = 255;
    private static final int PPS = 0x68;
    /** A slice that nothing refers to. */
    private static final int SLICE = 0x01;

    private static final int P = 5;

    private final Sps sps;
    private final int ppsId;
    private int frameNum;
    private int orderCount;

    private HeldPictures(Sps sps, int ppsId) {
        this.sps = sps;
        this.ppsId = ppsId;
    }

    /**
     * @param sps  in force
     * @param sets all picture parameter sets of the track
     * @return empty when the track has what is hardly ever seen
     */
    public static Optional<HeldPictures> of(Sps sps, List<byte[]> sets) {
        if (sps == null || sps.pictureOrderCountType() == 1 || sps.colourPlanes()) {
            return Optional.empty();
        }
        boolean[] taken = new boolean[MAX_PPS_ID + 1];
        for (byte[] set : sets) {
            int id = BitReader.ofNal(set, 1, set.length - 1).ue();
            if (id <= MAX_PPS_ID) {
                taken[id] = true;
            }
        }
        for (int id = 0; id <= MAX_PPS_ID; id++) {
            if (!taken[id]) {
                return Optional.of(new HeldPictures(sps, id));
            }
        }
        return Optional.empty();
    }

    /** The picture parameter set that they need. */
    public byte[] parameterSet() {
        // no CABAC, no slice groups, one reference picture, no weights, quantizers as they are, nothing optional
        return new BitWriter()
                .ue(ppsId)
                .ue(sps.id())
                .bits(0, 2)
                .ue(0)
                .ue(0)
                .ue(0)
                .bits(0, 3)
                .se(0)
                .se(0)
                .se(0)
                .bits(0, 3)
                .toNal(PPS);
    }

    /** Takes the first slice of a picture of the track. */
    public void follow(byte[] array, int offset, int length) {
        PictureHeader header = PictureHeader.parse(sps, array, offset, length);
        if (header != null) {
            int number = header.frameNumber();
            frameNum = header.reference() ? number + 1 & (1 << sps.frameNumBits()) - 1 : number;
            orderCount = header.orderCount() + 1 & (1 << sps.orderCountBits()) - 1;
        }
    }

    /** The slice, which is all of the picture, that shows the last one of the track once more. */
    public byte[] picture() {
        BitWriter bits = new BitWriter().ue(0).ue(P).ue(ppsId).bits(frameNum, sps.frameNumBits());
        if (sps.interlaced()) {
            bits.flag(false);
        }
        if (sps.pictureOrderCountType() == 0) {
            bits.bits(orderCount, sps.orderCountBits());
        }
        // the usual references in the usual order, the usual quantizer, then all macroblocks skipped
        return bits.flag(false).flag(false).se(0).ue(sps.macroblocks()).toNal(SLICE);
    }
}
