package org.reelcast.rendition.reencode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reelcast.loop.FakeNanoClock;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.rendition.AnnexB;
import org.reelcast.rendition.GeneratedMedia;
import org.reelcast.rendition.film.Film;
import org.reelcast.rendition.opus.OpusTracks;
import org.reelcast.storage.LocalFile;

/** A film that cannot be re-encoded in time, or at all, goes on without its B-frames and says so. */
class LeftOutBFramesTest {
    @TempDir
    Path folder;

    private final FakeNanoClock clock = new FakeNanoClock();

    private void assertAllDecode(List<Frame> frames) throws IOException {
        Path stream = folder.resolve("made.h264");
        AnnexB.write(stream, frames);
        assertEquals(frames.size(), AnnexB.pictures(stream).size());
    }

    @Test
    void encoderThatStalls_goesOverToThePicturesWithoutB() throws Exception {
        Path file = ReencodeTest.film("-pix_fmt", "yuv420p", "-bf", "3", "-g", "50", "-b:v", "8M", "-minrate", "8M");
        ReencodedVideos tracks = new ReencodedVideos(clock, 2);
        try (LocalFile bytes = LocalFile.open(file);
                Film film = Film.open(
                        Encoders.stalling(clock, bytes, bytes.size() / 2, new CountDownLatch(1), tracks),
                        new OpusTracks(),
                        tracks)) {
            FrameReader reader = film.video().reader();
            List<Frame> frames = AnnexB.frames(reader, 1000);
            assertTrue(film.video().note().orElseThrow().startsWith("B-frames are left out"));
            ReencodeTest.assertWithoutB(frames);
            long last = -1;
            for (Frame frame : frames) {
                assertTrue(frame.presentationTimeUs() > last, "time goes back to " + frame.presentationTimeUs());
                last = frame.presentationTimeUs();
            }
            assertTrue(last > 5_800_000, "it ends at " + last);
            assertAllDecode(frames);
        }
    }

    @Test
    void encoderThatGoesOnAgain_isComeBackTo() throws Exception {
        Path file = ReencodeTest.film("-pix_fmt", "yuv420p", "-bf", "3", "-g", "25", "-keyint_min", "25", "-b:v", "8M");
        CountDownLatch stalled = new CountDownLatch(1);
        ReencodedVideos tracks = new ReencodedVideos(clock, 2, 0);
        try (LocalFile bytes = LocalFile.open(file);
                Film film = Film.open(
                        Encoders.stalling(clock, bytes, bytes.size() / 4, stalled, tracks), new OpusTracks(), tracks)) {
            FrameReader reader = film.video().reader();
            List<Frame> frames = new ArrayList<>();
            Frame frame = reader.next();
            while (film.video().note().isEmpty()) {
                frames.add(frame);
                frame = reader.next();
            }
            stalled.countDown();
            for (; frame != null; frame = reader.next()) {
                frames.add(frame);
                if (film.video().note().isPresent()) {
                    clock.advance(1);
                    Encoders.settle(tracks);
                }
            }
            assertTrue(film.video().note().isEmpty(), "it did not come back");
            ReencodeTest.assertWithoutB(frames);
            for (int i = 1; i < frames.size(); i++) {
                assertTrue(
                        frames.get(i - 1).presentationTimeUs() < frames.get(i).presentationTimeUs());
            }
            assertEquals(5_960_000, frames.get(frames.size() - 1).presentationTimeUs());
            assertAllDecode(frames);
        }
    }

    /** A segment is so long by time: it would hold hundreds of thousands of these, which the film's average hides. */
    @Test
    void filmOfTooManyPicturesASecond_isReencodedNoMore() throws Exception {
        Path file = GeneratedMedia.make(
                "dense.mp4",
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=64x64:rate=100000:duration=0.0614,"
                        + "setpts=if(lt(N\\,6000)\\,N\\,6000+(N-6000)*100000)",
                "-fps_mode",
                "passthrough",
                "-pix_fmt",
                "yuv420p",
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-bf",
                "2",
                "-g",
                "1000");
        ReencodedVideos pictures = new ReencodedVideos(clock, 2, 0);
        try (Film film = Film.open(LocalFile.open(file), new OpusTracks(), pictures);
                FrameReader reader = film.video().reader()) {
            assertTrue(AnnexB.frames(reader, 10_000).size() > 1_000);
            Encoders.awaitIdle(pictures);
            assertEquals(5_000, ((ReencodedRendition) film.video()).encodedPictures());
            String note = film.video().note().orElseThrow();
            assertTrue(note.startsWith("B-frames are left out: there are more than 5000 pictures"), note);

            reader.seek(0);
            List<Frame> again = AnnexB.frames(reader, 10_000);
            assertTrue(again.size() > 1_000, again.size() + " pictures");
            ReencodeTest.assertWithoutB(again);
            assertEquals(5_000, ((ReencodedRendition) film.video()).encodedPictures());
        }
    }
}
