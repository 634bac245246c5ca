package org.reelcast.output.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.codec.ffmpeg.ImageEncoder;
import org.reelcast.codec.ffmpeg.Psnr;
import org.reelcast.media.Frame;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.rendition.GeneratedH264;
import org.reelcast.rendition.GeneratedMedia;
import org.reelcast.rendition.film.OriginalFilms;

/** The picture is the one that is shown at the moment, and looks as ffmpeg has it. */
class GroupDecoderTest {
    /** Neighbouring pictures are 26 dB apart. */
    private static final double SAME_DB = 50;

    @TempDir
    Path folder;

    private static byte[] png(ShownPicture shown) throws IOException {
        return ImageEncoder.PNG.encode(
                shown.picture(), shown.size().width(), shown.size().height(), shown.rotation());
    }

    private static void assertShows(int number, Footage footage, PresentFrames.Group group) throws IOException {
        double psnr = Psnr.of(footage.reference(number), png(GroupDecoder.decode(group, "test")));
        assertTrue(psnr > SAME_DB, "picture " + number + ": " + psnr + " dB");
    }

    @ParameterizedTest
    @ValueSource(ints = {1_080_000, 1_119_999, 1_120_000, 1_250_000, 1_290_000, 1_810_000, 1_910_000, 3_990_000})
    void pictureOfAFilmWithBFramesIsTheOneOfTheMoment(int filmUs) throws IOException {
        Footage footage = Footage.original(OriginalFilms.withBFrames());
        assertShows((int) (filmUs / Footage.FRAME_US), footage, footage.group(filmUs));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 39_999, 970_000, 1_000_000, 1_530_000})
    void pictureOfACameraIsTheOneOfTheMoment(int filmUs) throws IOException {
        Footage footage = Footage.realTime(OriginalFilms.film());
        assertShows((int) (filmUs / Footage.FRAME_US), footage, footage.group(filmUs));
    }

    @Test
    void pictureThatIsDecodedAheadIsShownWhenThereIsNoOther() throws IOException {
        Footage footage = Footage.original(OriginalFilms.withBFrames());
        PresentFrames.Group first = footage.group(1_500_000);
        assertShows(25, footage, new PresentFrames.Group(first.frames(), 0));
    }

    @Test
    void pictureThatRefersToTheGroupBeforeIsReplacedByItsNeighbour() throws IOException {
        Footage footage = Footage.original(
                OriginalFilms.withBFrames("-x264-params", "b-pyramid=normal:b-adapt=0:scenecut=0:open-gop=1"));
        List<Frame> keys = footage.frames().stream().filter(Frame::isKey).toList();
        // the first of the B-frames that are shown before the second key frame
        long filmUs = keys.get(1).presentationTimeUs() - Footage.ZERO_US - 2 * Footage.FRAME_US;
        PresentFrames.Group group = footage.group(filmUs + 100_000);
        assertEquals(keys.get(1), group.frames().get(0));
        int key = (int) ((keys.get(1).presentationTimeUs() - Footage.ZERO_US) / Footage.FRAME_US);
        assertShows(key, footage, new PresentFrames.Group(group.frames(), Footage.ZERO_US + filmUs));
    }

    @Test
    void picturesThatTheEditListHidesAreNotShown() throws IOException {
        Footage footage = Footage.original(OriginalFilms.cutIn(OriginalFilms.withBFrames()));
        assertShows(0, footage, footage.group(1_000));
        assertShows(3, footage, footage.group(130_000));
    }

    @Test
    void filmIsTurnedAndStretchedAsItIsToBeShown() throws IOException {
        // the ffmpeg command counts anticlockwise here
        Path film = GeneratedMedia.make(
                "phone.mp4",
                "-i",
                OriginalFilms.film("-vf", "setsar=4/3").toString(),
                "-c",
                "copy",
                "-metadata:s:v:0",
                "rotate=90");
        Footage footage = Footage.original(film);
        ShownPicture shown = GroupDecoder.decode(footage.group(1_530_000), "test");
        assertEquals(new ImageSize(240, 427), shown.size());
        assertEquals(270, shown.rotation());
        byte[] reference = Files.readAllBytes(GeneratedMedia.make(
                "turned.png",
                "-noautorotate",
                "-i",
                film.toString(),
                "-vf",
                "select=eq(n\\,38),"
                        + "scale=427:240:flags=bicubic+accurate_rnd+full_chroma_int,format=rgb24,transpose=cclock",
                "-frames:v",
                "1"));
        double psnr = Psnr.of(reference, png(shown));
        assertTrue(psnr > SAME_DB, psnr + " dB");
    }

    @Test
    void fieldsThatComeApartAreOnePicture() throws IOException {
        GeneratedH264 made = new GeneratedH264(true, 0, 1, 0).picture('I', 0, true);
        for (int i = 1; i < 8; i++) {
            made.picture('P', i, i == 3);
        }
        Footage footage = Footage.original(made.film(folder.resolve("fields.mp4"), true));
        for (int i = 2; i <= 7; i++) {
            PresentFrames.Group whole = footage.group(i * Footage.FRAME_US);
            List<Frame> fields = new ArrayList<>();
            for (Frame frame : whole.frames()) {
                for (int field = 0; field < frame.slices(); field++) {
                    long timeUs = frame.presentationTimeUs() - (1 - field) * Footage.FRAME_US / 2;
                    fields.add(new Frame(frame.format(), timeUs, timeUs, fields.isEmpty(), frame.slice(field)));
                }
            }
            assertArrayEquals(
                    png(GroupDecoder.decode(whole, "whole")),
                    png(GroupDecoder.decode(new PresentFrames.Group(fields, whole.nowUs()), "fields")));
        }
    }

    @Test
    void pictureThatIsBrokenIsReplacedByTheLastOneBeforeThatIsNot() throws IOException {
        Footage footage = Footage.original(OriginalFilms.film());
        PresentFrames.Group whole = footage.group(1_530_000);
        List<Frame> frames = new ArrayList<>(whole.frames());
        for (int i = 5; i < frames.size(); i++) {
            frames.set(i, Footage.broken(frames.get(i)));
        }
        assertShows(29, footage, new PresentFrames.Group(frames, whole.nowUs()));
    }

    @Test
    void groupThatDoesNotDecodeIsRefused() throws IOException {
        PresentFrames.Group group = Footage.realTime(OriginalFilms.film()).group(1_530_000);
        List<Frame> frames = group.frames().stream().map(Footage::broken).toList();
        assertRefused(new PresentFrames.Group(frames, group.nowUs()), "camera: none of 14 pictures decodes");
    }

    @Test
    void picturesThatAreTooLargeAreRefused() throws IOException {
        Path film = GeneratedMedia.make(
                "large.mp4",
                "-f",
                "lavfi",
                "-i",
                "color=s=4112x2304:r=25",
                "-frames:v",
                "2",
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-pix_fmt",
                "yuv420p");
        assertRefused(Footage.original(film).group(40_000), "larger than 4096x2304");
    }

    private static void assertRefused(PresentFrames.Group group, String sentence) {
        Refusal refused = assertThrows(Refusal.class, () -> GroupDecoder.decode(group, "camera"));
        assertEquals(StatusText.SNAPSHOT_NOT_DECODED, refused.status());
        assertTrue(refused.getMessage().contains(sentence), refused.getMessage());
    }
}
