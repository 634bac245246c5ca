package org.reelcast.source.vod;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.bitstream.opus.OpusPacket;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;

/** Opus comes in one piece, whatever holes a film's sound has, and stays where it belongs. */
class ContinuousAudioTest {
    private static final long FOREVER = Long.MAX_VALUE / 2;
    /** CELT, 20 ms; the second has six frames of it. */
    private static final byte[] ONE = {(byte) (31 << 3), 1};

    private static final byte[] SIX = {(byte) (31 << 3 | 3), 6, 1, 2, 3, 4, 5, 6};

    private final ContinuousAudio audio = new ContinuousAudio();

    private static Frame frame(long timeUs, byte[] packet) {
        return new Frame(FakeRendition.AUDIO, timeUs, timeUs, true, Slice.of(packet));
    }

    private List<Frame> all() {
        List<Frame> frames = new ArrayList<>();
        for (Frame frame = audio.next(); frame != null; frame = audio.next()) {
            frames.add(frame);
        }
        return frames;
    }

    private static long endUs(Frame frame) {
        return frame.presentationTimeUs() + OpusPacket.durationUs(frame.slice(0));
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "9999", "10000", "10001", "20000", "29999", "30000", "30001", "46234", "3600000"})
    void holeIsSilent_andWhatFollowsIsWhereItBelongs(long holeUs) {
        audio.add(frame(1_000, ONE), FOREVER);
        audio.add(frame(21_000 + holeUs, ONE), FOREVER);
        List<Frame> frames = all();
        for (int i = 1; i < frames.size(); i++) {
            assertEquals(endUs(frames.get(i - 1)), frames.get(i).presentationTimeUs());
        }
        long offUs = 21_000 + holeUs - frames.get(frames.size() - 1).presentationTimeUs();
        assertTrue(Math.abs(offUs) <= 10_000, offUs + " µs early");
    }

    @Test
    void holesDoNotAddUp() {
        for (int pass = 0; pass < 1000; pass++) {
            audio.add(frame(pass * 33_333L, ONE), FOREVER);
        }
        List<Frame> frames = all();
        Frame last = frames.get(frames.size() - 1);
        assertTrue(Math.abs(999 * 33_333L - last.presentationTimeUs()) <= 10_000);
        assertEquals(1000, frames.stream().filter(frame -> frame.size() == 2).count());
    }

    @Test
    void packetThatSoundsOnIntoTheNextPass_isCutBetweenItsFrames() {
        assertFalse(audio.add(frame(0, SIX), 65_000));
        List<Frame> frames = all();
        assertEquals(3, frames.size());
        assertEquals(60_000, endUs(frames.get(2)));
        assertEquals(3, frames.get(2).slice(0).array()[1]);
        assertFalse(audio.add(frame(120_000, ONE), 130_000), "a packet of one frame cannot be cut");
        assertTrue(audio.isEmpty());
        assertTrue(audio.add(frame(60_000, ONE), 70_001), "less than 10 ms too long");
    }

    /** Whatever is left over at the end of each pass. */
    @ParameterizedTest
    @CsvSource({"1000000", "1001234", "1009999", "1010000", "1010001", "1019999"})
    void passes_stayWhereTheyBelong_withoutAHole(long passUs) {
        List<Frame> frames = new ArrayList<>();
        for (int pass = 0; pass < 100; pass++) {
            long startUs = pass * passUs;
            int packet = 0;
            while (audio.add(frame(startUs + 20_000L * packet, ONE), startUs + passUs)) {
                packet++;
                List<Frame> came = all();
                if (packet == 1) {
                    long offUs = came.get(came.size() - 1).presentationTimeUs() - startUs;
                    assertTrue(Math.abs(offUs) <= 10_000, "pass " + pass + " is " + offUs + " µs late");
                }
                frames.addAll(came);
            }
            frames.addAll(all());
        }
        for (int i = 1; i < frames.size(); i++) {
            assertEquals(endUs(frames.get(i - 1)), frames.get(i).presentationTimeUs());
        }
    }

    @Test
    void soundThatIsOver_isSilentAsLongAsThereIsAPicture() {
        assertNull(audio.silenceUntil(1_000_000), "nothing has sounded yet");
        audio.add(frame(0, ONE), FOREVER);
        assertFalse(all().isEmpty());
        assertFalse(audio.isSilence());
        for (int i = 0; i < 2; i++) {
            Frame silent = audio.silenceUntil(100_000);
            assertNotNull(silent);
            assertTrue(audio.isSilence());
            assertEquals(20_000 + 40_000 * i, silent.presentationTimeUs());
        }
        assertNull(audio.silenceUntil(100_000));
        audio.clear();
        assertNull(audio.silenceUntil(1_000_000));
    }

    @Test
    void framesOfOtherCodecs_comeAsTheyAre() {
        Frame picture = new Frame(FakeRendition.VIDEO, 0, 0, true, Slice.of(new byte[] {1}));
        Frame later = new Frame(FakeRendition.VIDEO, 5_000_000, 5_000_000, true, Slice.of(new byte[] {1}));
        audio.add(picture, 1);
        audio.add(later, 1);
        assertEquals(List.of(picture, later), all());
    }
}
