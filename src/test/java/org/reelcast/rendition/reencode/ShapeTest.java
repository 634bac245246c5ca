package org.reelcast.rendition.reencode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.bitstream.h264.Sps;
import org.reelcast.media.CleanAperture;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.media.H264Format;
import org.reelcast.media.Slice;
import org.reelcast.rendition.AnnexB;
import org.reelcast.rendition.GeneratedMedia;
import org.reelcast.rendition.film.Film;
import org.reelcast.rendition.h264.PassThrough;

/** What WebRTC cannot say of a picture is given to it by encoding it anew: aspect, mirror, aperture, samples. */
class ShapeTest {
    private static final Pattern PSNR = Pattern.compile("average:([0-9.]+|inf)");

    @TempDir
    Path folder;

    private static Path film(String... options) {
        return filmOf("testsrc2=size=320x240:rate=25", options);
    }

    private static Path filmOf(String picture, String... options) {
        List<String> arguments = new java.util.ArrayList<>(List.of(
                "-f",
                "lavfi",
                "-i",
                picture,
                "-t",
                "2",
                "-pix_fmt",
                "yuv420p",
                "-c:v",
                "libx264",
                "-g",
                "25",
                "-bf",
                "0"));
        arguments.addAll(List.of(options));
        return GeneratedMedia.make("shape.mp4", arguments.toArray(String[]::new));
    }

    private static List<Frame> frames(Film film) throws IOException {
        try (FrameReader reader = film.video().reader()) {
            return AnnexB.frames(reader, 1000);
        }
    }

    /** How near the pictures are to those of the film as {@code filter} makes them. */
    private double psnr(List<Frame> frames, Path film, String filter) throws IOException {
        Path stream = folder.resolve("made.h264");
        AnnexB.write(stream, frames);
        String output = GeneratedMedia.run(List.of(
                "ffmpeg",
                "-hide_banner",
                "-r",
                "25",
                "-f",
                "h264",
                "-i",
                stream.toString(),
                "-noautorotate",
                "-i",
                film.toString(),
                "-lavfi",
                "[0:v]settb=AVTB,setpts=N,setsar=1[a];[1:v]" + filter
                        + ",setsar=1,settb=AVTB,setpts=N,format=yuv420p[b];[a][b]psnr",
                "-f",
                "null",
                "-"));
        Matcher matcher = PSNR.matcher(output);
        assertTrue(matcher.find(), output);
        return matcher.group(1).equals("inf") ? Double.MAX_VALUE : Double.parseDouble(matcher.group(1));
    }

    @ParameterizedTest
    @CsvSource({"64/45,456,240", "10/11,320,264", "4/3,428,240", "1/2,320,480"})
    void pixelsThatAreNotSquare_becomeSquare(String aspect, int width, int height) throws Exception {
        Path file = film("-vf", "setsar=" + aspect);
        try (Film film = Film.open(file)) {
            assertInstanceOf(ReencodedRendition.class, film.video());
            List<Frame> frames = frames(film);
            assertEquals(50, frames.size());
            assertEquals(width, film.video().format().width());
            assertEquals(width, frames.get(0).format().width());
            assertEquals(height, frames.get(0).format().height());
            assertTrue(psnr(frames, file, "scale=" + width + ":" + height + ":flags=bicubic") > 30);
            H264Format original = (H264Format)
                    film.renditions().originals().video().orElseThrow().format();
            assertEquals(320, original.width());
        }
    }

    /** Some writers say it by the size in the track's header alone. */
    @Test
    void sizeOfTheTrackThatIsOther_stretches() throws Exception {
        byte[] bytes = Files.readAllBytes(film());
        ByteBuffer file = ByteBuffer.wrap(bytes);
        file.putInt(find(bytes, "tkhd") + 4 + 76, 427 << 16);
        byte[] pasp = "free".getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(pasp, 0, bytes, find(bytes, "pasp"), 4);
        try (Film film = Film.open(Files.write(folder.resolve("tkhd.mp4"), bytes))) {
            assertEquals(428, frames(film).get(0).format().width());
        }
    }

    private static int find(byte[] file, String type) {
        return new String(file, StandardCharsets.ISO_8859_1).indexOf(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1/1", "200/201", "9/1"})
    void pixelsThatAreSquareEnough_orBeyondBelief_areLeft(String aspect) throws Exception {
        try (Film film = Film.open(film("-vf", "setsar=" + aspect))) {
            assertInstanceOf(PassThrough.class, film.video());
        }
    }

    /** The film with other matrices in the headers: a, b, c, d each. */
    private Path turned(int[] movie, int[] track) throws IOException {
        byte[] bytes = Files.readAllBytes(film());
        matrix(bytes, find(bytes, "mvhd") + 4 + 36, movie);
        matrix(bytes, find(bytes, "tkhd") + 4 + 40, track);
        return Files.write(folder.resolve("turned.mp4"), bytes);
    }

    private static void matrix(byte[] file, int at, int[] m) {
        ByteBuffer.wrap(file)
                .putInt(at, m[0] << 16)
                .putInt(at + 4, m[1] << 16)
                .putInt(at + 12, m[2] << 16)
                .putInt(at + 16, m[3] << 16);
    }

    /** Picture turned clockwise by ffmpeg, as it is to be seen, and what receivers are told to turn it by. */
    @ParameterizedTest
    @CsvSource({
        "1 0 0 1,0,false",
        "0 1 -1 0,90,false",
        "-1 0 0 -1,180,false",
        "0 -1 1 0,270,false",
        "-1 0 0 1,0,true",
        "1 0 0 -1,180,true",
        "0 -1 -1 0,90,true",
        "0 1 1 0,270,true"
    })
    void eightOrientations_ofTrackAndMovie_areShown(String numbers, int rotation, boolean mirrored) throws Exception {
        int[] matrix = java.util.Arrays.stream(numbers.split(" "))
                .mapToInt(Integer::parseInt)
                .toArray();
        for (Path file : List.of(turned(new int[] {1, 0, 0, 1}, matrix), turned(matrix, new int[] {1, 0, 0, 1}))) {
            try (Film film = Film.open(file)) {
                H264Format original = (H264Format)
                        film.renditions().originals().video().orElseThrow().format();
                assertEquals(rotation, original.rotation());
                assertEquals(mirrored, original.mirrored());
                List<Frame> frames = frames(film);
                String seen = mirrored ? "hflip" : "null";
                String turned =
                        switch (rotation) {
                            case 90 -> ",transpose=clock";
                            case 180 -> ",hflip,vflip";
                            case 270 -> ",transpose=cclock";
                            default -> "";
                        };
                int left = frames.get(0).format().rotation();
                String undone =
                        switch (left) {
                            case 90 -> ",transpose=cclock";
                            case 180 -> ",hflip,vflip";
                            case 270 -> ",transpose=clock";
                            default -> "";
                        };
                assertTrue(psnr(frames, file, seen + turned + undone) > 34, numbers);
            }
        }
    }

    @Test
    void movieThatTurnsATurnedTrack_turnsTwice() throws Exception {
        try (Film film = Film.open(turned(new int[] {0, 1, -1, 0}, new int[] {0, 1, -1, 0}))) {
            assertEquals(180, frames(film).get(0).format().rotation());
        }
        try (Film film = Film.open(turned(new int[] {0, 1, -1, 0}, new int[] {-1, 0, 0, 1}))) {
            H264Format original = (H264Format)
                    film.renditions().originals().video().orElseThrow().format();
            assertTrue(original.mirrored());
            assertEquals(90, original.rotation());
        }
    }

    @Test
    void cleanAperture_isAllThatIsShown() throws Exception {
        byte[] bytes = Files.readAllBytes(film());
        // pasp and what follows make room: a clap of 160 by 120 whose centre is 20 right of the picture's and 10 below
        int avcC = find(bytes, "avcC") - 4;
        ByteBuffer file = ByteBuffer.allocate(bytes.length + 40)
                .put(bytes, 0, avcC)
                .putInt(40)
                .put("clap".getBytes(StandardCharsets.ISO_8859_1));
        for (int number : new int[] {160, 1, 120, 1, 20, 1, 10, 1}) {
            file.putInt(number);
        }
        file.put(bytes, avcC, bytes.length - avcC);
        // the index comes last, so that no offset moves
        for (String box : List.of("moov", "trak", "mdia", "minf", "stbl", "stsd", "avc1")) {
            int at = new String(file.array(), StandardCharsets.ISO_8859_1).lastIndexOf(box) - 4;
            file.putInt(at, file.getInt(at) + 40);
        }
        try (Film film = Film.open(Files.write(folder.resolve("clap.mp4"), file.array()))) {
            H264Format original = (H264Format)
                    film.renditions().originals().video().orElseThrow().format();
            assertEquals(
                    new CleanAperture(100, 70, 160, 120), original.aperture().orElseThrow());
            List<Frame> frames = frames(film);
            assertEquals(160, frames.get(0).format().width());
            assertEquals(120, frames.get(0).format().height());
            assertTrue(psnr(frames, film(), "crop=160:120:100:70") > 34);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"yuv422p", "yuv444p", "yuv420p10le", "gray"})
    void samplesThatFewDecode_becomeUsual(String samples) throws Exception {
        Path file = film("-pix_fmt", samples);
        try (Film film = Film.open(file)) {
            assertInstanceOf(ReencodedRendition.class, film.video());
            List<Frame> frames = frames(film);
            assertEquals(
                    LongStream.range(0, 50).map(i -> i * 40_000).boxed().toList(),
                    frames.stream().map(Frame::presentationTimeUs).toList());
            Slice unit = frames.get(0).slice(0);
            Sps sps = Sps.parse(unit.array(), unit.offset(), unit.length());
            assertEquals(1, sps.chromaFormat());
            assertEquals(8, sps.bitDepth());
            assertTrue(psnr(frames, file, "null") > 32);
        }
    }

    /** Fields of different times: a bar that moves has combs. */
    private static Path interlaced(String... options) {
        return filmOf(
                "testsrc2=size=320x240:rate=50,tinterlace=interleave_top,fieldorder=tff",
                java.util.stream.Stream.concat(
                                java.util.stream.Stream.of("-flags", "+ilme+ildct"),
                                java.util.stream.Stream.of(options))
                        .toArray(String[]::new));
    }

    @Test
    void interlacedFilmThatIsReencoded_isDeinterlaced_eachPictureAtItsTime() throws Exception {
        Path file = interlaced("-bf", "2");
        try (Film film = Film.open(file);
                Film off = Film.open(file, "deinterlace", "off")) {
            List<Frame> frames = frames(film);
            assertEquals(
                    LongStream.range(0, 50).map(i -> i * 40_000).boxed().toList(),
                    frames.stream().map(Frame::presentationTimeUs).toList());
            assertTrue(frames.get(0).isKey());
            double psnr = psnr(frames, file, "bwdif=mode=send_frame");
            assertTrue(psnr > 34, psnr + " dB");
            double combed = psnr(frames(off), file, "bwdif=mode=send_frame");
            assertTrue(combed < psnr - 3, combed + " and " + psnr + " dB");
        }
    }

    /** As a picture comes out of the deinterlacer one later, seeking must not lose the last or the first. */
    @Test
    void interlacedFilm_afterASeek_hasAllThatFollows() throws Exception {
        try (Film film = Film.open(interlaced("-bf", "2"));
                FrameReader reader = film.video().reader()) {
            reader.seek(1_200_000);
            List<Long> times = AnnexB.frames(reader, 1000).stream()
                    .map(Frame::presentationTimeUs)
                    .toList();
            assertEquals(LongStream.range(25, 50).map(i -> i * 40_000).boxed().toList(), times);
        }
    }

    @Test
    void interlacedFilmThatGoesAsItIs_isLeft() throws Exception {
        try (Film film = Film.open(interlaced())) {
            assertInstanceOf(PassThrough.class, film.video());
        }
    }
}
