package org.reelcast.rendition.reencode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reelcast.loop.NanoClock;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.rendition.AnnexB;
import org.reelcast.rendition.film.Film;
import org.reelcast.rendition.opus.OpusTracks;
import org.reelcast.storage.LocalFile;
import org.reelcast.storage.SourceId;

/** Two servers in one test, of which one makes the segments of the other. */
@Timeout(60)
class SegmentPeersTest {
    private static final long PATIENCE_NS = 10_000_000_000L;
    private static final int PICTURES = 150;

    private final Path file = ReencodeTest.film("-pix_fmt", "yuv420p", "-bf", "2", "-g", "50");
    private final ReencodedVideos here = new ReencodedVideos(NanoClock.SYSTEM, 2);
    private final ReencodedVideos there = new ReencodedVideos(NanoClock.SYSTEM, 2);
    private final ExecutorService network = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        network.shutdownNow();
    }

    private Film open(ReencodedVideos pictures) throws IOException {
        return Film.open(LocalFile.open(file), new OpusTracks(), pictures);
    }

    private static long encoded(Film film) {
        return ((ReencodedRendition) film.video()).encodedPictures();
    }

    /** All segments are the other server's. */
    private void ask() {
        here.shareWith((film, how, startUs) -> Optional.of(made -> fetch(film, how, startUs, made)));
    }

    private CompletionStage<byte[]> fetch(SourceId film, String how, long startUs, boolean made) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return there.segment(film, how, startUs, made, PATIENCE_NS)
                                .orElseThrow();
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                network);
    }

    private static void assertWhole(List<Frame> frames) {
        assertEquals(PICTURES, frames.size());
        for (int i = 0; i < PICTURES; i++) {
            assertEquals(i * 40_000L, frames.get(i).presentationTimeUs());
        }
    }

    @Test
    void whatAnotherServerHasMade_isNotEncodedAgain() throws Exception {
        ask();
        try (Film mine = open(here);
                Film theirs = open(there)) {
            List<Frame> made = AnnexB.frames(theirs.video().reader(), 1000);
            Encoders.settle(there);
            List<Frame> fetched = AnnexB.frames(mine.video().reader(), 1000);
            assertWhole(fetched);
            assertEquals(0, encoded(mine));
            assertEquals(PICTURES, encoded(theirs));
            for (int i = 0; i < PICTURES; i++) {
                assertEquals(made.get(i).size(), fetched.get(i).size());
            }
        }
    }

    @Test
    void whatIsWantedSoon_isMadeByTheOther_andNoPictureTwice() throws Exception {
        ask();
        try (Film mine = open(here);
                Film theirs = open(there);
                FrameReader reader = mine.video().reader()) {
            List<Frame> first = AnnexB.frames(reader, 1);
            Encoders.settle(here);
            List<Frame> rest = AnnexB.frames(reader, 1000);
            assertEquals(PICTURES - 1, rest.size());
            assertEquals(40_000L, rest.get(0).presentationTimeUs());
            assertEquals(1, first.size());
            assertTrue(encoded(mine) < PICTURES / 2, "here " + encoded(mine));
            assertTrue(encoded(theirs) > PICTURES / 2, "there " + encoded(theirs));
            assertEquals(PICTURES, encoded(mine) + encoded(theirs));
        }
    }

    @Test
    void serverThatDoesNotAnswer_orAnswersNonsense_isDoneWithout() throws Exception {
        List<CompletableFuture<byte[]>> answers = List.of(
                CompletableFuture.failedFuture(new IOException("gone")),
                CompletableFuture.completedFuture(new byte[0]),
                CompletableFuture.completedFuture(new byte[1000]));
        for (CompletableFuture<byte[]> answer : answers) {
            ReencodedVideos alone = new ReencodedVideos(NanoClock.SYSTEM, 2);
            alone.shareWith((film, how, startUs) -> Optional.of(made -> answer));
            try (Film mine = open(alone)) {
                assertWhole(AnnexB.frames(mine.video().reader(), 1000));
                assertEquals(PICTURES, encoded(mine));
            }
        }
    }

    @Test
    void serverGivesNothingOfAFilmThatItHasNotOpen_orOfAPlaceThatIsNone() throws Exception {
        SourceId[] asked = new SourceId[1];
        String[] how = new String[1];
        here.shareWith((film, way, startUs) -> {
            asked[0] = film;
            how[0] = way;
            return Optional.empty();
        });
        try (Film mine = open(here)) {
            AnnexB.frames(mine.video().reader(), 1);
        }
        IOException failure =
                assertThrows(IOException.class, () -> there.segment(asked[0], how[0], 0, false, PATIENCE_NS));
        assertTrue(failure.getMessage().contains("is not made so here"), failure.getMessage());
        try (Film theirs = open(there)) {
            assertTrue(there.segment(asked[0], how[0], 1, false, PATIENCE_NS).isEmpty());
            assertTrue(there.segment(asked[0], how[0], 0, true, PATIENCE_NS).isEmpty());
            assertTrue(there.segment(asked[0], how[0], 0, false, PATIENCE_NS).isPresent());
            assertTrue(encoded(theirs) > 0);
        }
    }
}
