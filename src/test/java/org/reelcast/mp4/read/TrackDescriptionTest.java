package org.reelcast.mp4.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.reelcast.mp4.read.Mp4.box;
import static org.reelcast.mp4.read.Mp4.text;
import static org.reelcast.mp4.read.Mp4.u16;
import static org.reelcast.mp4.read.Mp4.u32;
import static org.reelcast.mp4.read.Mp4.u8;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.media.AspectRatio;
import org.reelcast.media.Colour;

/** What a file says of its tracks beside what is needed to decode them. */
class TrackDescriptionTest {

    private static AvcEntry entry(byte[]... boxes) throws IOException {
        byte[][] children = new byte[boxes.length + 1][];
        children[0] = Mp4.avcC(4);
        System.arraycopy(boxes, 0, children, 1, boxes.length);
        TestTrack track = TestTrack.video(1, 10);
        track.entries.set(0, Mp4.visual("avc1", 640, 360, children));
        return (AvcEntry) read(track).entries().get(0);
    }

    private static Track read(TestTrack track) throws IOException {
        Movie movie = Movie.read(new TestSource(new TestMovie(track).bytes()));
        return movie.video().or(movie::audio).orElseThrow();
    }

    @Test
    void colour_isThatOfTheBoxWithCodePoints() throws Exception {
        byte[] profile = box("colr", text("prof"), new byte[40]);
        assertEquals(Optional.empty(), entry().colour());
        assertEquals(Optional.empty(), entry(profile).colour());
        assertEquals(
                Optional.empty(), entry(box("colr", text("nclx"), u16(9, 16))).colour());
        assertEquals(
                Optional.of(new Colour(9, 16, 9, true)),
                entry(profile, box("colr", text("nclx"), u16(9, 16, 9), u8(0x80)))
                        .colour());
        assertEquals(
                Optional.of(new Colour(1, 1, 6, false)),
                entry(box("colr", text("nclc"), u16(1, 1, 6))).colour());
    }

    @Test
    void pixelAspect_isThatOfTheBox() throws Exception {
        assertEquals(Optional.empty(), entry().pixelAspect());
        assertEquals(Optional.empty(), entry(box("pasp", u32(4))).pixelAspect());
        assertEquals(
                Optional.of(new AspectRatio(4, 3)),
                entry(box("pasp", u32(4, 3))).pixelAspect());
        assertEquals(
                Optional.of(AspectRatio.SQUARE), entry(box("pasp", u32(4, 0))).pixelAspect());
    }

    /** Five bits a letter, from 0x60 on; QuickTime has small numbers there, of which 0 is English in its own files alone. */
    @ParameterizedTest
    @CsvSource({
        "0x55c4,und,und", "0x10b5,deu,deu", "0x15c7,eng,eng", "0,und,eng", "0x7fff,und,und", "1,fra,fra", "2,deu,deu",
        "19,zho,zho", "26,hun,hun", "32,rus,rus", "46,bel,bel", "47,und,und", "130,cat,cat", "0x3ff,und,und"
    })
    void language_isThreeLettersOrUndetermined(String code, String language, String inQuickTime) throws Exception {
        for (int version = 0; version < 2; version++) {
            TestTrack track = TestTrack.audio(1, 10);
            track.language = Integer.decode(code);
            track.version = version;
            assertEquals(language, read(track).language());
            track.quickTime = true;
            assertEquals(inQuickTime, read(track).language());
        }
    }

    @Test
    void frameRate_isThatOfAllSamples() throws Exception {
        assertEquals(25, read(TestTrack.video(1, 300)).framesPerSecond());
        TestTrack ntsc = TestTrack.video(1, 300);
        ntsc.timescale = 30_000;
        ntsc.durations = new long[][] {{300, 1001}};
        assertEquals(30_000 / 1001.0, read(ntsc).framesPerSecond(), 1e-9);
        TestTrack frozen = TestTrack.video(1, 3);
        frozen.durations = new long[][] {{3, 0}};
        assertEquals(0, read(frozen).framesPerSecond());
    }
}
