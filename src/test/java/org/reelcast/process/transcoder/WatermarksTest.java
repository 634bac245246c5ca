package org.reelcast.process.transcoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reelcast.Allocation;
import org.reelcast.codec.ffmpeg.DrawnPictures;
import org.reelcast.codec.ffmpeg.Picture;
import org.reelcast.live.images.Watermark;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

class WatermarksTest {
    @TempDir
    private Path root;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(root.resolve("watermarks"));
    }

    /** White on the left, nothing on the right. */
    private void write(String name, int width, int height, String format) throws IOException {
        BufferedImage image = new BufferedImage(
                width, height, format.equals("png") ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width / 2; x++) {
                image.setRGB(x, y, Color.WHITE.getRGB());
            }
        }
        assertTrue(ImageIO.write(image, format, folder.resolve(name).toFile()));
    }

    private void assertRefused(String name, String sentence) {
        Refusal refusal = assertThrows(Refusal.class, () -> new Watermarks(folder).read(name));
        assertEquals(StatusText.WRONG_ENCODER_PARAMETERS, refusal.status());
        assertTrue(refusal.getMessage().contains(sentence), refusal.getMessage());
    }

    /** As PNG has it (ISO 15948 section 5.3). */
    private static void chunk(DataOutputStream out, String type, byte[] data) throws IOException {
        byte[] body = ByteBuffer.allocate(4 + data.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .array();
        CRC32 crc = new CRC32();
        crc.update(body);
        out.writeInt(data.length);
        out.write(body);
        out.writeInt((int) crc.getValue());
    }

    private static byte[] packed(int zeros) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
            out.write(new byte[zeros]);
        }
        return bytes.toByteArray();
    }

    /** Grey pixels, or such with transparency. @param text bytes of a text that comes packed */
    private void writePng(String name, int side, int depth, int type, int text) throws IOException {
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            out.writeLong(0x89504E470D0A1A0AL);
            chunk(
                    out,
                    "IHDR",
                    ByteBuffer.allocate(13)
                            .putInt(side)
                            .putInt(side)
                            .put((byte) depth)
                            .put((byte) type)
                            .array());
            byte[] words = packed(text);
            chunk(
                    out,
                    "zTXt",
                    ByteBuffer.allocate(3 + words.length)
                            .put((byte) 'x')
                            .position(3)
                            .put(words)
                            .array());
            chunk(out, "IDAT", packed((1 + side) * Math.min(side, 16)));
            chunk(out, "IEND", new byte[0]);
        }
    }

    @Test
    void whatWouldTakeMuchMemory_isRefusedOrLeftOut() throws Exception {
        writePng("deep.png", 4096, 16, 6, 0);
        assertRefused("deep.png", "64 bits");
        writePng("wordy.png", 16, 8, 0, 64 << 20);
        Allocation.assertLinear(0, 4 << 20, 0, () -> {
            try {
                new Watermarks(folder).read("wordy.png");
            } catch (Refusal e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void isBlendedAtTheTopLeft() throws IOException {
        write("logo.png", 40, 20, "png");
        Watermark watermark = new Watermarks(folder).read("logo.png");
        try (Picture picture = Picture.black(320, 240)) {
            watermark.blend(picture);
            assertEquals(235, DrawnPictures.luma(picture, 10, 10), 2);
            assertEquals(16, DrawnPictures.luma(picture, 30, 10), 1);
            assertEquals(16, DrawnPictures.luma(picture, 10, 30));
        }
    }

    @Test
    void oneThatIsLargerThanThePictureIsMadeSmaller() throws IOException {
        write("logo.png", 640, 480, "png");
        Watermark watermark = new Watermarks(folder).read("logo.png");
        try (Picture picture = Picture.black(320, 240)) {
            watermark.blend(picture);
            assertEquals(235, DrawnPictures.luma(picture, 150, 230), 2);
            assertEquals(16, DrawnPictures.luma(picture, 170, 230), 2);
        }
    }

    @Test
    void whatIsNoPngOrTooLargeIsRefused() throws IOException {
        write("photo.png", 40, 20, "jpg");
        write("wide.png", 20_000, 2, "png");
        Files.writeString(folder.resolve("text.png"), "no image");
        assertRefused("photo.png", "no PNG image");
        assertRefused("wide.png", "20000x2 pixels");
        assertRefused("text.png", "no PNG image");
        byte[] whole = Files.readAllBytes(folder.resolve("wide.png"));
        Files.write(folder.resolve("cut.png"), java.util.Arrays.copyOf(whole, 20));
        assertRefused("cut.png", "cannot be read");
    }

    @Test
    void onlyFilesOfTheFolderAreRead() throws IOException {
        write("logo.png", 40, 20, "png");
        Files.copy(folder.resolve("logo.png"), root.resolve("secret.png"));
        Files.createSymbolicLink(folder.resolve("link.png"), root.resolve("secret.png"));
        for (String name :
                new String[] {"../secret.png", root.resolve("secret.png").toString(), "", "..", "a\0b"}) {
            assertRefused(name, "is the name of a file");
        }
        assertRefused("link.png", "no 'link.png'");
        assertRefused("missing.png", "no 'missing.png'");
    }
}
