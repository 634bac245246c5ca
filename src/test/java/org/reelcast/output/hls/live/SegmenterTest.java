package org.reelcast.output.hls.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.media.AacFormat;
import org.reelcast.media.Codec;
import org.reelcast.media.DecoderConfig;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.H264Format;
import org.reelcast.media.Slice;
import org.reelcast.output.hls.live.Cuts.Cut;

/** Live streams cut into segments and parts. */
class SegmenterTest {
    private static final AacFormat AAC =
            new AacFormat(new DecoderConfig(new byte[] {0x11, (byte) 0x90}), 48_000, 2, 48_000, "und");
    private static final long UNIT_US = 21_333;

    private final Cuts cuts = new Cuts();
    private final List<Cut> cut = cuts.all;

    private Segmenter segmenter(boolean hasPicture) {
        return segmenter(hasPicture, !hasPicture);
    }

    private Segmenter segmenter(boolean hasPicture, boolean hasSound) {
        return new Segmenter(hasPicture, hasSound, 2_000_000, 4_000_000, cuts);
    }

    /** A picture whose key frames bring parameter sets, as a camera's do. @param level of the SPS: tells codings apart */
    static Frame picture(long timeUs, boolean key, int level) {
        return picture(timeUs, key, level, 4);
    }

    static Frame picture(long timeUs, boolean key, int level, int bytes) {
        byte[] payload = new byte[bytes];
        payload[0] = (byte) (key ? 0x65 : 0x41);
        Slice slice = Slice.of(payload);
        Slice sps = Slice.of(new byte[] {0x67, 0x42, (byte) 0xc0, (byte) level, (byte) 0xda, 2, (byte) 0x80});
        Slice pps = Slice.of(new byte[] {0x68, (byte) 0xce, 0x3c, (byte) 0x80});
        H264Format format = Format.video(Codec.H264, 640, 360, 0);
        return key
                ? new Frame(format, timeUs, timeUs, true, sps, pps, slice)
                : new Frame(format, timeUs, timeUs, false, slice);
    }

    static Frame unit(long timeUs) {
        return new Frame(AAC, timeUs, timeUs, true, Slice.of(new byte[] {1, 2, 3}));
    }

    /** Pictures at times that jitter, a key frame each two seconds; sound that comes 150 ms late, with a hole. */
    @ParameterizedTest
    @CsvSource({"33333, 3000", "50000, 12000", "40000, 0", "200000, 20000"})
    void framesComeOnce_inOrder_andPartsFollowEachOther(long spacingUs, int jitterUs) {
        Segmenter segmenter = segmenter(true, true);
        TimeOrder order = new TimeOrder(true, segmenter::take);
        Random random = new Random(7);
        long soundUs = 5_000_000;
        int pictures = 0;
        int sinceKey = 0;
        for (long timeUs = 5_000_000; timeUs < 65_000_000; timeUs += spacingUs) {
            boolean key = sinceKey++ * spacingUs % 2_000_000 < spacingUs;
            order.take(picture(timeUs + (jitterUs == 0 ? 0 : random.nextInt(jitterUs)), key, 30));
            pictures++;
            for (; soundUs < timeUs - 150_000; soundUs += UNIT_US) {
                if (soundUs < 20_000_000 || soundUs > 20_400_000) {
                    order.take(unit(soundUs));
                }
            }
        }
        order.finish();
        segmenter.finish();
        assertEquals(
                pictures,
                cut.stream().mapToInt(segment -> segment.pictures().size()).sum());
        long atUs = cut.get(0).startUs();
        long soundAtUs = -1;
        for (Cut segment : cut) {
            assertEquals(atUs, segment.startUs());
            assertTrue(segment.pictures().get(0).isKey());
            assertFalse(segment.discontinuous());
            for (int i = 0; i < segment.parts().size(); i++) {
                LivePart part = segment.parts().get(i);
                assertEquals(atUs, part.startUs());
                assertTrue(part.lengthUs() <= Segmenter.PART_TARGET_US && part.lengthUs() > 0, "" + part.lengthUs());
                assertTrue(i == segment.parts().size() - 1
                        || part.lengthUs() > Segmenter.PART_TARGET_US - spacingUs - 2L * jitterUs);
                atUs += part.lengthUs();
                if (!part.pictures().isEmpty()) {
                    assertEquals(part.startUs(), part.pictures().get(0).decodeTimeUs());
                }
                for (Frame unit : part.sound()) {
                    assertTrue(
                            soundAtUs < 0 || Math.abs(unit.decodeTimeUs() - soundAtUs) <= 2,
                            unit.decodeTimeUs() + " instead of " + soundAtUs);
                    soundAtUs = unit.decodeTimeUs() + UNIT_US;
                    assertTrue(
                            unit.decodeTimeUs() > part.startUs() - 2 * UNIT_US && unit.decodeTimeUs() < atUs + UNIT_US,
                            unit.decodeTimeUs() + " in " + part.startUs());
                }
            }
        }
        assertTrue(soundAtUs > 64_500_000, "" + soundAtUs);
        assertTrue(cut.size() >= 28, "" + cut.size());
    }

    @Test
    void keyFrameIsWantedOnce_andNotWaitedForBeyondTheTarget() {
        Segmenter segmenter = segmenter(true);
        for (int i = 0; i < 500; i++) {
            segmenter.take(picture(i * 40_000L, i == 0, 30));
        }
        segmenter.finish();
        assertEquals(5, cut.size());
        assertEquals(5, cuts.keyFramesWanted);
        for (Cut segment : cut) {
            assertTrue(segment.lengthUs() <= 4_000_000, "" + segment.lengthUs());
        }
        assertFalse(cut.get(1).parts().get(0).isIndependent());
    }

    @Test
    void withoutKeyFrame_nothingBegins() {
        Segmenter segmenter = segmenter(true);
        segmenter.take(picture(0, false, 30));
        segmenter.take(unit(0));
        segmenter.finish();
        assertEquals(List.of(), cut);
        assertEquals(1, cuts.keyFramesWanted);
    }

    /** Players leave out a last part of less than 250 ms, and stand still at the hole. */
    @ParameterizedTest
    @CsvSource({"1000, 1000", "1080, 1000", "1240, 1240", "1480, 1440"})
    void cameraThatChangesItsSize_leavesNoShortPartBehind(long changeMs, long cutMs) {
        Segmenter segmenter = segmenter(true, true);
        for (long timeUs = 0; timeUs < 3_000_000; timeUs += 40_000) {
            boolean key = timeUs == 0 || timeUs == changeMs * 1000;
            segmenter.take(unit(timeUs));
            segmenter.take(picture(timeUs, key, timeUs < changeMs * 1000 ? 30 : 31));
        }
        segmenter.finish();
        Cut first = cut.get(0);
        Cut second = cut.get(1);
        assertTrue(first.parts().get(first.parts().size() - 1).lengthUs() >= 250_000);
        assertEquals(first.startUs() + first.lengthUs(), second.startUs());
        assertEquals(second.startUs(), second.pictures().get(0).decodeTimeUs());
        assertEquals(second.startUs(), second.pictures().get(0).presentationTimeUs());
        assertEquals(cutMs * 1000.0, second.startUs(), 100_000);
        List<Long> sound = cut.stream()
                .flatMap(segment -> segment.sound().stream())
                .map(Frame::decodeTimeUs)
                .toList();
        assertEquals(sound.stream().sorted().distinct().toList(), sound, "all of the sound, once");
        assertTrue(sound.size() > 130, "" + sound.size());
    }

    @Test
    void cameraThatChangesItsSize_goesOnInASegmentOfItsOwn() {
        Segmenter segmenter = segmenter(true);
        for (int i = 0; i < 100; i++) {
            segmenter.take(picture(i * 40_000L, i == 0 || i == 20, i < 20 ? 30 : 31));
        }
        segmenter.finish();
        assertEquals(20 * 40_000, cut.get(1).startUs());
        assertFalse(cut.get(1).discontinuous());
        assertFalse(cut.get(0).video().equals(cut.get(1).video()));
    }

    @Test
    void hole_isADiscontinuity() {
        Segmenter segmenter = segmenter(true);
        for (int i = 0; i < 50; i++) {
            segmenter.take(picture(i * 40_000L + (i < 25 ? 0 : 10_000_000), i == 0 || i == 25, 30));
        }
        segmenter.finish();
        assertEquals(2, cut.size());
        assertTrue(cut.get(1).discontinuous());
        assertEquals(1_000_000, cut.get(0).lengthUs());
        assertEquals(11_000_000, cut.get(1).startUs());
    }

    /** A camera that is switched off, and its microphone not. */
    @Test
    void soundOfAHole_isNotHeardWhenThePictureIsBack() {
        Segmenter segmenter = segmenter(true, true);
        for (long timeUs = 0; timeUs < 20_000_000; timeUs += 40_000) {
            segmenter.take(unit(timeUs));
            segmenter.take(unit(timeUs + UNIT_US));
            if (timeUs < 1_000_000 || timeUs >= 15_000_000) {
                segmenter.take(picture(timeUs, timeUs % 1_000_000 == 0, 30));
            }
        }
        segmenter.finish();
        assertTrue(cut.get(1).discontinuous());
        assertEquals(15_000_000, cut.get(1).startUs());
        assertEquals(15_000_000, cut.get(1).sound().get(0).decodeTimeUs(), UNIT_US);
    }

    @Test
    void soundThatNoPictureComesTo_isNotKept() {
        Segmenter segmenter = segmenter(true, true);
        segmenter.take(unit(0));
        segmenter.take(picture(0, true, 30));
        for (long timeUs = UNIT_US; timeUs < 60_000_000; timeUs += UNIT_US) {
            segmenter.take(unit(timeUs));
        }
        segmenter.take(picture(2_900_000, false, 30));
        segmenter.finish();
        assertEquals(List.of(), cut.get(0).sound());
    }

    @Test
    void soundAlone_isCutToo() {
        Segmenter segmenter = segmenter(false);
        for (int i = 0; i < 470; i++) {
            segmenter.take(unit(i * UNIT_US));
        }
        segmenter.finish();
        assertEquals(
                470, cut.stream().mapToInt(segment -> segment.sound().size()).sum());
        assertTrue(cut.size() >= 4);
        for (Cut segment : cut) {
            assertTrue(segment.parts().stream().allMatch(part -> part.lengthUs() <= Segmenter.PART_TARGET_US));
        }
    }

    /** hls.js leaves out the last part of a segment that is nearly at its end already. */
    @ParameterizedTest
    @CsvSource({"33333, 50, 0", "50000, 100, 0", "50000, 280, 60", "33333, 350, 100", "66667, 120, 80", "40000, 450, 0"
    })
    void cameraThatAnswersLate_getsNoShortParts(long spacingUs, long answersMs, int jitterMs) {
        Segmenter segmenter = segmenter(true);
        Random random = new Random(3);
        long keyUs = 0;
        int wanted = 0;
        for (long timeUs = 0; timeUs < 120_000_000; timeUs += spacingUs) {
            segmenter.take(picture(timeUs, timeUs >= keyUs, 30));
            keyUs = timeUs >= keyUs ? Long.MAX_VALUE : keyUs;
            if (cuts.keyFramesWanted > wanted) {
                wanted = cuts.keyFramesWanted;
                keyUs = timeUs + 1000 * (answersMs + (jitterMs == 0 ? 0 : random.nextInt(jitterMs)));
            }
        }
        int brief = 0;
        for (Cut segment : cut.subList(0, cut.size() - 1)) {
            assertTrue(segment.pictures().get(0).isKey());
            assertTrue(segment.lengthUs() >= 1_800_000 && segment.lengthUs() <= 3_300_000, segment::toString);
            brief += segment.parts().get(segment.parts().size() - 1).lengthUs() < 250_000 ? 1 : 0;
        }
        assertTrue(brief <= cut.size() / 20, brief + " short parts in " + cut.size() + " segments");
    }

    /** Sound that is transcoded on its way; its first units come when the picture is there already. */
    @Test
    void soundThatBeginsLater_isWaitedFor() {
        Segmenter segmenter = segmenter(true, true);
        for (int i = 0; i < 150; i++) {
            segmenter.take(picture(i * 40_000L, i % 50 == 0 || i == 25, 30));
            if (i >= 20) {
                segmenter.take(unit(i * 40_000L));
                segmenter.take(unit(i * 40_000L + UNIT_US));
            }
        }
        segmenter.finish();
        assertEquals(25 * 40_000, cut.get(0).startUs());
        cut.forEach(segment -> assertFalse(segment.sound().isEmpty()));
    }

    /** Later still, or coded in another way from then on: no segment has sound that its initialization does not tell of. */
    @Test
    void soundThatBeginsMuchLater_comesWithTheNextSegment() {
        Segmenter segmenter = segmenter(true, true);
        for (int i = 0; i < 250; i++) {
            segmenter.take(picture(i * 40_000L, i % 50 == 0 || i == 130, 30));
            if (i >= 120) {
                segmenter.take(unit(i * 40_000L));
                segmenter.take(unit(i * 40_000L + UNIT_US));
            }
        }
        segmenter.finish();
        assertEquals(50 * 40_000, cut.get(0).startUs(), "what it waits for sound");
        assertTrue(cut.stream()
                .filter(segment -> segment.startUs() < 130 * 40_000)
                .allMatch(segment -> segment.sound().isEmpty()));
        Cut first = cut.stream()
                .filter(segment -> segment.startUs() == 130 * 40_000)
                .findFirst()
                .orElseThrow();
        assertFalse(first.sound().isEmpty());
        assertEquals(
                List.of(first),
                cut.stream().filter(Cut::discontinuous).toList(),
                "RFC 8216 section 4.3.2.3: number of tracks");
    }
}
