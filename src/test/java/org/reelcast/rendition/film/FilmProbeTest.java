package org.reelcast.rendition.film;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.config.Settings;
import org.reelcast.loop.NanoClock;
import org.reelcast.rendition.GeneratedMedia;
import org.reelcast.rendition.reencode.ReencodedVideos;
import org.reelcast.storage.LocalFile;

/** How films will play is said before they do, with the cheapest command that makes them play better. */
class FilmProbeTest {
    @TempDir
    Path folder;

    private static Path film(String ending, String options) {
        List<String> arguments = new ArrayList<>(List.of(
                "-f",
                "lavfi",
                "-i",
                "smptebars=size=320x240:rate=25:duration=2",
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=440:sample_rate=48000:duration=2"));
        arguments.addAll(List.of(options.split(" ")));
        return GeneratedMedia.make("probe." + ending, arguments.toArray(String[]::new));
    }

    private static FilmReport probe(Path file, String name, Map<String, String> settings) throws Exception {
        try (LocalFile source = LocalFile.open(file)) {
            return new FilmProbe(Settings.of(settings), new ReencodedVideos(NanoClock.SYSTEM, 2)).probe(source, name);
        }
    }

    private static FilmReport probe(String ending, String options) throws Exception {
        return probe(film(ending, options), "a film." + ending, Map.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mp4 | -c:v libx264 -bf 0 -pix_fmt yuv420p -c:a aac | AS_IS REPACKAGED REENCODED REPACKAGED |",
                "mp4 | -c:v libx264 -bf 0 -pix_fmt yuv420p -c:a libopus | AS_IS REPACKAGED AS_IS REENCODED |",
                "mp4 | -c:v libx264 -bf 2 -pix_fmt yuv420p -c:a aac | REENCODED REPACKAGED REENCODED REPACKAGED"
                        + " | ffmpeg -i 'a film.mp4' -c:v libx264 -bf 0 -pix_fmt yuv420p -c:a copy"
                        + " -movflags +faststart 'a film-web.mp4'",
                "mp4 | -c:v libx264 -bf 0 -pix_fmt yuv422p -c:a aac | REENCODED REENCODED REENCODED REPACKAGED"
                        + " | ffmpeg -i 'a film.mp4' -c:v libx264 -bf 0 -pix_fmt yuv420p -c:a copy"
                        + " -movflags +faststart 'a film-web.mp4'",
                "mkv | -c:v mpeg4 -c:a ac3 | REENCODED REENCODED REENCODED REENCODED"
                        + " | ffmpeg -i 'a film.mkv' -c:v libx264 -bf 0 -pix_fmt yuv420p -c:a aac"
                        + " -movflags +faststart 'a film-web.mp4'",
                "mp4 | -vf fps=120 -c:v libx264 -bf 0 -pix_fmt yuv420p -c:a aac | REENCODED REPACKAGED REENCODED"
                        + " REPACKAGED | ffmpeg -i 'a film.mp4' -c:v libx264 -bf 0 -vf fps=60 -pix_fmt yuv420p"
                        + " -c:a copy -movflags +faststart 'a film-web.mp4'"
            })
    void eachTrack_goesByItsOwnWay(String ending, String options, String ways, String cure) throws Exception {
        FilmReport report = probe(ending, options);
        StringBuilder found = new StringBuilder();
        report.tracks()
                .forEach(track -> found.append(track.webrtc().how())
                        .append(' ')
                        .append(track.segments().how())
                        .append(' '));
        assertEquals(ways, found.toString().trim());
        assertEquals(Optional.ofNullable(cure), report.cure());
        assertEquals(2, report.seconds(), 0.1);
        assertEquals(List.of(), report.warnings());
        assertEquals(Optional.empty(), report.refusal());
        assertEquals(
                report.handling() == Handling.REENCODED,
                report.tracks().get(0).webrtc().cores() > 0);
    }

    @Test
    void otherContainers_areCured_byACopy() throws Exception {
        FilmReport report = probe("avi", "-c:v mpeg4 -c:a libmp3lame");
        assertEquals(
                "The file is AVI, which is not played as it is",
                report.refusal().orElseThrow());
        assertEquals(
                "ffmpeg -i 'a film.avi' -c copy -movflags +faststart 'a film-web.mp4'",
                report.cure().orElseThrow());
        assertEquals(Handling.REFUSED, report.handling());
        assertTrue(probe("ts", "-c:v libx264 -c:a aac").cure().orElseThrow().contains("-c copy"));
    }

    @Test
    void whatIsNotDecodedHere_isCured_byEncoding() throws Exception {
        Path file = film("mp4", "-c:v mpeg4 -c:a aac");
        FilmReport report = probe(file, "-it's.mp4", Map.of("vod_transcode_codecs", "false"));
        assertTrue(
                report.refusal().orElseThrow().contains("MPEG-4 Visual"),
                report.refusal().orElseThrow());
        assertEquals(
                "ffmpeg -i './-it'\\''s.mp4' -c:v libx264 -bf 0 -pix_fmt yuv420p -c:a copy -movflags +faststart"
                        + " './-it'\\''s-web.mp4'",
                report.cure().orElseThrow());
    }

    @Test
    void whatIsNoFilm_isRefused_withoutACure() throws Exception {
        Path file = Files.writeString(folder.resolve("text.mp4"), "This is no film.");
        FilmReport report = probe(file, "text.mp4", Map.of());
        assertEquals("The file is not an MP4", report.refusal().orElseThrow());
        assertEquals(Optional.empty(), report.cure());
        assertEquals("refused: The file is not an MP4", report.summary());
    }

    @Test
    void filmTooLargeForThisMachine_isReducedAtFirst() throws Exception {
        FilmReport report = probe(
                "mp4",
                "-vf scale=3840:2160,setsar=1,fps=60 -t 0.2 -c:v libx264 -preset ultrafast -bf 2"
                        + " -pix_fmt yuv420p -c:a aac");
        TrackReport picture = report.tracks().get(0);
        assertEquals(Handling.REDUCED, picture.webrtc().how());
        assertTrue(
                picture.webrtc().words().contains("the first viewers see it at 1920x1080"),
                picture.webrtc().words());
        assertEquals(Handling.REPACKAGED, picture.segments().how());
        assertTrue(report.cores() > 2, "cores: " + report.cores());
    }
}
