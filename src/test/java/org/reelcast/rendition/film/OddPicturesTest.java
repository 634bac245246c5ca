package org.reelcast.rendition.film;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.media.H264Format;
import org.reelcast.mp4.read.Movie;
import org.reelcast.rendition.AnnexB;
import org.reelcast.rendition.GeneratedMedia;
import org.reelcast.storage.LocalFile;

/** Pictures that become smaller under way, and a cover that is a bomb. */
class OddPicturesTest {
    @TempDir
    Path folder;

    private void run(String command, Path... last) throws Exception {
        List<String> words = new ArrayList<>(List.of(("ffmpeg -v error -y " + command).split(" ")));
        for (Path path : last) {
            words.add(path.toString());
        }
        GeneratedMedia.run(words);
    }

    /** One decoder, one sample entry, two sizes: all come, each in its own. */
    @Test
    void sizesThatChangeInsideAStream_allCome() throws Exception {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        for (String size : List.of("320x240", "160x120")) {
            Path part = folder.resolve(size + ".mjpeg");
            run("-f lavfi -i smptebars=size=" + size + ":rate=25:duration=1 -c:v mjpeg -q:v 2 -pix_fmt yuvj420p", part);
            both.write(Files.readAllBytes(part));
        }
        Path raw = Files.write(folder.resolve("both.mjpeg"), both.toByteArray());
        Path file = folder.resolve("both.mov");
        run("-f mjpeg -framerate 25 -i " + raw + " -c copy", file);
        try (Film film = Film.open(file);
                FrameReader reader = film.video().reader()) {
            List<Frame> frames = AnnexB.frames(reader, 1000);
            assertEquals(50, frames.size());
            assertEquals(320, ((H264Format) frames.get(0).format()).width());
            assertEquals(160, ((H264Format) frames.get(49).format()).width());
        }
    }

    /** A cover of 65535 x 65535 pixels is no film: nobody decodes it, and the sound beside it plays. */
    @Test
    void coverThatIsABomb_isNotDecoded() throws Exception {
        Path cover = folder.resolve("cover.jpg");
        run("-f lavfi -i color=red:size=320x240 -frames:v 1", cover);
        Path file = folder.resolve("song.m4a");
        run(
                "-f lavfi -i sine=duration=2 -i " + cover
                        + " -map 0 -map 1 -c:a aac -c:v copy -disposition:v:0 attached_pic",
                file);
        Path track = folder.resolve("track.mov");
        run("-f lavfi -i sine=duration=2 -i " + cover + " -map 0 -map 1 -c:a aac -c:v copy", track);
        for (Path each : List.of(file, track)) {
            byte[] bytes = Files.readAllBytes(each);
            int changed = 0;
            for (int at = 0; at + 9 < bytes.length; at++) {
                // SOF0 (ITU-T T.81 B.2.2): length, precision, height, width
                if ((bytes[at] & 0xff) == 0xff && (bytes[at + 1] & 0xff) == 0xc0 && bytes[at + 4] == 8) {
                    ByteBuffer.wrap(bytes).putInt(at + 5, 0xffff_ffff);
                    changed++;
                }
            }
            assertEquals(1, changed);
            if (each.equals(track)) {
                int entry = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("jpeg");
                ByteBuffer.wrap(bytes).putInt(entry + 4 + 24, 0xffff_ffff);
            }
            Path bomb = Files.write(folder.resolve("bomb-" + each.getFileName()), bytes);
            try (LocalFile source = LocalFile.open(bomb)) {
                assertTrue(Movie.read(source).video().isEmpty());
            }
            try (Film film = Film.open(bomb);
                    FrameReader reader = film.audio().reader()) {
                assertEquals(50, AnnexB.frames(reader, 1000).size(), 2);
            }
        }
    }
}
