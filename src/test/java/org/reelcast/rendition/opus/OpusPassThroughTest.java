package org.reelcast.rendition.opus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.media.Codec;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.rendition.AnnexB;
import org.reelcast.rendition.GeneratedMedia;
import org.reelcast.rendition.OpusListener;
import org.reelcast.rendition.Rendition;
import org.reelcast.rendition.film.Film;

/** A film whose sound is Opus already: its packets are what viewers get. */
class OpusPassThroughTest {
    private static final int RATE = 48_000;

    private static Rendition sound(Film film) {
        return film.renditions().audio().orElseThrow();
    }

    private static Path film(int channels, int packetMs) {
        return GeneratedMedia.make(
                "opus.mp4",
                "-f",
                "lavfi",
                "-i",
                "aevalsrc=exprs='0.4*(2*random(0)-1)*lt(mod(t\\,1)\\,0.1)':d=4:s=48000",
                "-ac",
                "" + channels,
                "-c:a",
                "libopus",
                "-b:a",
                "96k",
                "-frame_duration",
                "" + packetMs);
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 40, 60})
    void packets_comeAsTheyAreAtTheirTimes(int packetMs) throws Exception {
        Path file = film(2, packetMs);
        try (Film film = Film.open(file)) {
            assertInstanceOf(OpusPassThrough.class, sound(film));
            assertEquals(Codec.OPUS, sound(film).format().codec());
            assertEquals(4_000_000, sound(film).durationUs(), 1_000);
            List<Frame> frames = new ArrayList<>();
            try (FrameReader reader = sound(film).reader()) {
                for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
                    frames.add(frame);
                }
            }
            // the encoder's look-ahead, cut away by the edit list
            long firstUs = frames.get(0).presentationTimeUs();
            assertTrue(firstUs <= 0 && firstUs > -packetMs * 1000L, "starts at " + firstUs);
            for (int i = 0; i < frames.size(); i++) {
                assertEquals(firstUs + i * packetMs * 1000L, frames.get(i).presentationTimeUs(), 1);
                assertTrue(frames.get(i).isKey());
            }
            int skip = (int) Math.round(-firstUs * RATE / 1e6);
            float[] heard = SampleMeasures.channel(OpusListener.hear(sound(film).reader(), 2, 1000), 2, 0);
            float[] reference = SampleMeasures.channel(GeneratedMedia.reference(file, 2), 2, 0);
            // another decoder, rounded to 16 bits; a sample off the place would be 0 dB
            float[] shown = Arrays.copyOfRange(heard, skip, heard.length);
            assertTrue(
                    SampleMeasures.error(reference, shown, 0, 3 * RATE) < -30,
                    SampleMeasures.error(reference, shown, 0, 3 * RATE) + " dB of difference");
        }
    }

    /** As browsers record: up to 0.2 ms beside the packets' own lengths; and a gap of 100 ms. */
    @Test
    void timesThatAreALittleOff_followThePacketsLengths_aGapIsAGap() throws Exception {
        Path file = GeneratedMedia.make(
                "uneven.mp4",
                "-i",
                film(2, 20).toString(),
                "-c",
                "copy",
                "-bsf:a",
                "setts=ts=PTS+mod(N*7\\,20)-10+4800*gte(N\\,100)");
        try (Film film = Film.open(file)) {
            List<Frame> frames = AnnexB.frames(sound(film).reader(), Integer.MAX_VALUE);
            int gaps = 0;
            for (int i = 1; i < frames.size(); i++) {
                long apartUs =
                        frames.get(i).presentationTimeUs() - frames.get(i - 1).presentationTimeUs();
                if (apartUs > 110_000) {
                    gaps++;
                    assertEquals(120_000, apartUs, 500);
                } else {
                    assertEquals(20_000, apartUs, "packet " + i);
                }
            }
            assertEquals(1, gaps);
        }
    }

    @Test
    void mono_isSaidToBeMono() throws Exception {
        try (Film film = Film.open(film(1, 20))) {
            assertEquals(1, sound(film).format().channels());
        }
    }

    @Test
    void seek_goesToThePacketThatHoldsTheTime() throws Exception {
        try (Film film = Film.open(film(2, 20))) {
            FrameReader reader = sound(film).reader();
            reader.seek(2_345_000);
            long timeUs = reader.next().presentationTimeUs();
            assertTrue(timeUs <= 2_345_000 && timeUs > 2_325_000, "at " + timeUs);
            reader.seek(0);
            assertTrue(reader.next().presentationTimeUs() <= 0);
            reader.close();
            assertNull(reader.next());
        }
    }
}
