package org.reelcast.source.vod;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.bitstream.opus.OpusPacket;
import org.reelcast.config.Settings;
import org.reelcast.media.Frame;
import org.reelcast.mp4.read.Movie;
import org.reelcast.rendition.film.OriginalFilms;
import org.reelcast.rendition.film.Renditions;
import org.reelcast.storage.ByteSource;
import org.reelcast.storage.LocalFile;

/**
 * Passes of a looped film are as long as the film, to the microsecond, whichever renditions play, and sound has no hole
 * between them.
 */
class PassLengthTest {
    private static final int PASSES = 3;
    /** Half of a silent packet, which fills what is missing of a pass. */
    private static final long MOST_OFF_US = 10_000;

    private static final int SILENT_BYTES = 5;

    /** Sound of 3.777 s beside 4 s of picture, of 4.31 s, and by every setting that makes another rendition. */
    @ParameterizedTest
    @CsvSource({"3.777,reencode,40", "4.31,reencode,20", "4.31,drop,60", "4.31,pass,10", "4.31,pass,40"})
    void picturesAndSoundBeginEachPassTogether(String soundSeconds, String bFrames, int packetMs) throws IOException {
        ByteSource source = LocalFile.open(
                OriginalFilms.withBFrames("-af", "atrim=end=" + soundSeconds, "-t", "5", "-vf", "trim=end_frame=100"));
        Movie movie = Movie.read(source);
        Map<String, String> settings = new HashMap<>(
                Map.of("cache_max_mb", "0", "vod_bframes", bFrames, "opus_frame_ms", String.valueOf(packetMs)));
        Renditions renditions = Renditions.of(movie, source, Settings.of(settings));
        try (Film film = new Film(source, FilmLibrary.tracks(renditions), BufferGate.NONE);
                FilmReader reader = new FilmReader(film, true)) {
            assertEquals(movie.durationUs(), film.durationUs());
            for (int i = 0; i < film.tracks().size(); i++) {
                if (film.tracks().get(i).isRealTime()) {
                    reader.open(i, 0);
                }
            }
            Set<Long> pictures = new HashSet<>();
            List<Frame> sounds = new ArrayList<>();
            for (Frame frame = reader.next();
                    frame.decodeTimeUs() < PASSES * film.durationUs() + 1_000_000;
                    frame = reader.next()) {
                if (frame.isVideo()) {
                    pictures.add(frame.presentationTimeUs());
                } else {
                    sounds.add(frame);
                }
            }
            for (int pass = 0; pass <= PASSES; pass++) {
                long startUs = pass * film.durationUs();
                assertTrue(pictures.contains(startUs), "pictures of pass " + pass + ": " + pictures);
                assertTrue(
                        sounds.stream()
                                .filter(sound -> sound.size() > SILENT_BYTES)
                                .anyMatch(sound -> Math.abs(sound.presentationTimeUs() - startUs) <= MOST_OFF_US),
                        "sound of pass " + pass);
            }
            for (int i = 1; i < sounds.size(); i++) {
                Frame before = sounds.get(i - 1);
                assertEquals(
                        before.presentationTimeUs() + OpusPacket.durationUs(before.slice(0)),
                        sounds.get(i).presentationTimeUs(),
                        "each packet begins where the one before ends");
            }
        }
    }
}
