package org.reelcast.source.vod;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.media.Codec;
import org.reelcast.media.Frame;
import org.reelcast.rtp.CollectingSink;
import org.reelcast.rtp.Packetizers;
import org.reelcast.rtp.RtpSession;
import org.reelcast.rtp.RtpSessionConfig;
import org.reelcast.rtp.RtpTrackConfig;
import org.reelcast.rtp.TestFrames;

/**
 * A film whose encoder is late, as a viewer's packets show it: what sender reports make of the RTP timestamps of sound
 * and picture are moments of one clock that lie as far apart as in the film, however late the pictures came.
 */
class FilmSyncTest {
    private static final long PICTURE_US = 33_333;
    private static final long SOUND_US = 40_000;
    private static final int PICTURES = 240;
    private static final int SOUNDS = (int) (PICTURES * PICTURE_US / SOUND_US);
    private static final long STEP_US = 1_000;
    private static final long START_US = 5_000_000;
    /** A tick of each clock. */
    private static final long ROUNDING_US = 34;

    private static final int VIDEO_SSRC = 1;
    private static final int AUDIO_SSRC = 2;

    private final Encoded queue = new Encoded();
    private final Playout playout = new Playout(
            queue, 0, timeUs -> true, () -> true, Playout.WhenLate.WAIT, (tracks, filmUs, lateUs, again) -> {});
    private final RtpSession session = new RtpSession(new RtpSessionConfig(
            RtpTrackConfig.of(Codec.H264, 102, VIDEO_SSRC, 100, 0x7fff_0000),
            RtpTrackConfig.of(Codec.OPUS, 111, AUDIO_SSRC, 200, 0xffff_f000),
            "reel",
            1_704_067_200_000_000L));
    private final CollectingSink sink = new CollectingSink();

    @Test
    void encoderThatStartsLate_movesTheWholeFilm() {
        play(picture -> picture == 0 ? 700_000 : PICTURE_US / 2);

        assertEquals(0, waitsAndJudges());
    }

    @Test
    void encoderThatStallsMidway_movesSoundAndPictureAlike() {
        play(picture -> picture % 100 == 99 ? 3_000_000 : PICTURE_US / 2);

        assertEquals(2, waitsAndJudges());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void encoderOfAnySpeed_movesSoundAndPictureAlike(long seed) {
        Random random = new Random(seed);
        play(picture -> (long) (PICTURE_US * 4 * random.nextDouble() * (picture / 40 % 2)) + random.nextInt(30_000));

        assertTrue(waitsAndJudges() > 3, "it has to wait");
    }

    /** @param encoder how long it takes for a picture, in µs */
    private void play(IntToLongFunction encoder) {
        List<Frame> film = film();
        int read = 0;
        int pictures = 0;
        long readyUs = START_US + encoder.applyAsLong(0);
        playout.join(0, START_US);
        playout.start(START_US, 0);
        for (long nowUs = START_US; !playout.isEnded(); nowUs += STEP_US) {
            while (read < film.size() && readyUs <= nowUs && queue.aheadUs() < ReadAhead.FULL_US) {
                Frame frame = film.get(read++);
                queue.frames.add(frame);
                queue.lastUs = frame.decodeTimeUs();
                if (frame.isVideo()) {
                    // the reader asks for the picture before it goes on with sound
                    readyUs = nowUs + encoder.applyAsLong(++pictures);
                }
            }
            queue.complete = read == film.size();
            long now = nowUs;
            playout.poll(
                    now,
                    (track, frame, past) -> session.enqueue(
                            Packetizers.of(frame.isVideo() ? Codec.H264 : Codec.OPUS)
                                    .packetize(frame),
                            frame.presentationTimeUs(),
                            now));
            session.poll(now, sink);
        }
    }

    private static List<Frame> film() {
        List<Frame> film = new ArrayList<>();
        for (int i = 0; i < PICTURES; i++) {
            film.add(TestFrames.video(TestFrames.VIDEO, i % 30 == 0, i * PICTURE_US, TestFrames.nal(0x41, 300, i)));
        }
        for (int i = 0; i < SOUNDS; i++) {
            film.add(TestFrames.audio(i * SOUND_US, TestFrames.nal(0xfc, 100, i)));
        }
        film.sort(Comparator.comparingLong(Playout::leavesAtUs));
        return film;
    }

    /**
     * Sound at any moment of the film lies where the picture of that moment lies, but for what left before the picture
     * that was waited for: there it lies where the picture before does.
     *
     * @return how often play-out waited under way
     */
    private int waitsAndJudges() {
        List<Long> pictures = movedUs(VIDEO_SSRC, Codec.H264.clockRate(), PICTURE_US);
        List<Long> sounds = movedUs(AUDIO_SSRC, Codec.OPUS.clockRate(), SOUND_US);
        assertEquals(PICTURES, pictures.size());
        assertEquals(SOUNDS, sounds.size());
        int waits = 0;
        for (int i = 1; i < PICTURES; i++) {
            waits += isSame(pictures.get(i), pictures.get(i - 1)) ? 0 : 1;
        }
        for (int i = 0; i < SOUNDS; i++) {
            int until = (int) (i * SOUND_US / PICTURE_US);
            int from = (int) (Math.max(0, i * SOUND_US - Playout.SOUND_LEAD_US) / PICTURE_US);
            long sound = sounds.get(i);
            assertTrue(
                    pictures.subList(from, until + 1).stream().anyMatch(picture -> isSame(picture, sound)),
                    "sound " + i + " is moved by " + sound + ", pictures by " + pictures.subList(from, until + 1));
        }
        return waits;
    }

    private static boolean isSame(long aUs, long bUs) {
        return Math.abs(aUs - bUs) <= ROUNDING_US;
    }

    /** For each frame of a track by how much later than its time in the film it is to be shown, on the wall clock. */
    private List<Long> movedUs(int ssrc, int clockRate, long frameUs) {
        List<byte[]> reports =
                sink.rtcp.stream().filter(report -> word(report, 4) == ssrc).toList();
        assertTrue(reports.size() > 5, reports.size() + " sender reports");
        List<Long> moved = new ArrayList<>();
        int last = 0;
        for (byte[] packet : sink.rtp) {
            int timestamp = word(packet, 4);
            if (word(packet, 8) == ssrc && (moved.isEmpty() || timestamp != last)) {
                long momentUs = momentUs(reports.get(0), timestamp, clockRate);
                for (byte[] report : reports) {
                    assertEquals(momentUs, momentUs(report, timestamp, clockRate), ROUNDING_US, "reports contradict");
                }
                moved.add(momentUs - moved.size() * frameUs);
                last = timestamp;
            }
        }
        return moved;
    }

    /** RFC 3550 section 6.4.1: NTP timestamp at 8, RTP timestamp at 16. */
    private static long momentUs(byte[] report, int timestamp, int clockRate) {
        long fraction = word(report, 12) & 0xffff_ffffL;
        long reportUs = (word(report, 8) & 0xffff_ffffL) * 1_000_000 + (fraction * 1_000_000 >>> 32);
        return reportUs + (timestamp - word(report, 16)) * 1_000_000L / clockRate;
    }

    private static int word(byte[] packet, int at) {
        return packet[at] << 24 | (packet[at + 1] & 0xff) << 16 | (packet[at + 2] & 0xff) << 8 | packet[at + 3] & 0xff;
    }

    /** What the reader has handed over so far. */
    private static final class Encoded extends FakeQueue {
        private long lastUs;

        Encoded() {
            endUs = PICTURES * PICTURE_US;
        }

        long aheadUs() {
            return frames.isEmpty() ? 0 : lastUs - frames.peek().decodeTimeUs();
        }
    }
}
