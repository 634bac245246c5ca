package org.reelcast.mp4.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.reelcast.mp4.read.Mp4.box;
import static org.reelcast.mp4.read.Mp4.full;
import static org.reelcast.mp4.read.Mp4.text;
import static org.reelcast.mp4.read.Mp4.u32;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.mp4.index.SampleTable;

/** Sound starts and ends where iTunes' comment says, when no edit list says it. */
class GaplessTest {
    /** Priming of 2112 samples, 40 frames of 1024 in all. */
    private static final String USUAL = " 00000000 00000840 00000340 0000000000009480 00000000";

    private static SampleTable sound(TestMovie movie, String comment) throws IOException {
        movie.extra = box(
                "udta",
                full(
                        "meta",
                        0,
                        0,
                        box(
                                "ilst",
                                box("\u00a9nam", full("data", 0, 1, u32(0), text("x"))),
                                box(
                                        "----",
                                        full("mean", 0, 0, text("com.apple.iTunes")),
                                        full("name", 0, 0, text("iTunSMPB")),
                                        full("data", 0, 1, u32(0), text(comment))))));
        return Movie.read(new TestSource(movie.bytes())).audio().orElseThrow().samples();
    }

    @Test
    void primingAndPadding_areCut() throws Exception {
        SampleTable sound = sound(TestMovies.plain(), USUAL);
        assertEquals(-44_000, sound.presentationTimeUs(0));
        assertTrue(sound.isCut(0));
        assertTrue(sound.isCut(1));
        // the third frame is cut in part
        assertEquals(2 * 1024 - 2112, sound.presentationTimeUs(2) * 48 / 1000, 1);
        assertEquals(0x9480 * 1_000_000L / 48_000, sound.durationUs(), 1000);
    }

    @Test
    void lengthBeyondReason_cutsNothing() throws Exception {
        SampleTable sound = sound(TestMovies.plain(), " 00000000 00000840 00000340 FFFFFFFFFFFFFFFF 0");
        assertEquals(-44_000, sound.presentationTimeUs(0));
        assertEquals((40 * 1024 - 2112) * 1_000_000L / 48_000, sound.durationUs(), 1000);
    }

    @Test
    void editList_goesBefore() throws Exception {
        TestMovie movie = TestMovies.plain();
        movie.tracks.get(1).edits = new long[][] {{800, 1024, 1}};
        assertEquals(0, sound(movie, USUAL).presentationTimeUs(1));
    }

    @Test
    void ofSeveralSounds_noneIsMeant() throws Exception {
        assertEquals(
                0,
                sound(new TestMovie(TestTrack.audio(1, 40), TestTrack.audio(2, 40)), USUAL)
                        .presentationTimeUs(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " 00000000",
                " 00000000 0000FFFF 00000340 0000000000009480",
                " 00000000 FFFFFFFF 00000340 FFFFFFFFFFFFFFFF",
                "x"
            })
    void commentThatMakesNoSense_saysNothing(String comment) throws Exception {
        assertEquals(0, sound(TestMovies.plain(), comment).presentationTimeUs(0));
    }
}
