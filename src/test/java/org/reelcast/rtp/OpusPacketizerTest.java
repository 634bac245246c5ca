package org.reelcast.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;

class OpusPacketizerTest {
    private static final Format OPUS = Format.audio(Codec.OPUS, 2);

    private static RtpFrame packetized(byte... packet) {
        return new OpusPacketizer().packetize(new Frame(OPUS, 70_000, 70_000, true, Slice.of(packet)));
    }

    @Test
    void packetOfTwoFrames_canBeHadAsTwo_madeOnce() {
        RtpFrame whole = packetized((byte) (31 << 3 | 1), (byte) 1, (byte) 2, (byte) 3, (byte) 4);
        List<RtpFrame> singles = OpusPacketizer.singles(whole);
        assertEquals(
                List.of(70_000L, 90_000L),
                singles.stream().map(f -> f.frame().presentationTimeUs()).toList());
        assertEquals(List.of(3, 3), singles.stream().map(RtpFrame::bytes).toList());
        assertSame(singles, OpusPacketizer.singles(whole));
    }

    @Test
    void packetOfOneFrameIsItself() {
        RtpFrame whole = packetized((byte) (31 << 3), (byte) 1);
        assertSame(whole, OpusPacketizer.singles(whole).get(0));
    }
}
