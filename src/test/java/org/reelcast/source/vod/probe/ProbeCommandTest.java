package org.reelcast.source.vod.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reelcast.config.Settings;
import org.reelcast.rendition.GeneratedMedia;
import org.reelcast.rendition.film.FilmProbe;

/** A folder with films and what is none has a sentence for each, whatever it is, and never hangs. */
class ProbeCommandTest {
    private static final Path SAMPLE = Path.of("media", "sample.mp4");

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private int probe(String... arguments) throws IOException {
        ProbeCommand command = new ProbeCommand(
                new FilmProbe(Settings.of(Map.of())), new PrintStream(out, true, StandardCharsets.UTF_8));
        return assertTimeoutPreemptively(Duration.ofSeconds(30), () -> command.obey(arguments));
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void folder_hasASentenceForEach() throws Exception {
        Files.copy(SAMPLE, folder.resolve("good.mp4"));
        Files.writeString(folder.resolve("bad.mp4"), "no film");
        Files.writeString(folder.resolve("notes.txt"), "no film, and nobody says so");
        Files.writeString(folder.resolve(".hidden.mp4"), "no film");
        GeneratedMedia.run(List.of("mkfifo", folder.resolve("pipe.mp4").toString()));
        Files.createSymbolicLink(folder.resolve("device.mp4"), Path.of("/dev/zero"));
        Files.createSymbolicLink(folder.resolve("gone.mp4"), Path.of("nowhere.mp4"));
        Files.createSymbolicLink(folder.resolve("circle"), folder);
        assertEquals(1, probe("--json", folder.toString()));
        JsonArray reports = Json.createReader(new StringReader(text())).readArray();
        Map<String, String> said = reports.stream()
                .map(JsonObject.class::cast)
                .collect(Collectors.toMap(
                        report ->
                                Path.of(report.getString("film")).getFileName().toString(),
                        report -> report.getString("refusal", "")));
        assertEquals(
                Map.of(
                        "good.mp4", "",
                        "bad.mp4", "The file is not an MP4",
                        "pipe.mp4", "It is a pipe, a socket or a device, and no file",
                        "device.mp4", "It is a pipe, a socket or a device, and no file",
                        "gone.mp4", "The link leads nowhere"),
                said);
    }

    @Test
    void film_hasALineEachTrack() throws Exception {
        assertEquals(0, probe(SAMPLE.toString()));
        assertTrue(text().startsWith("media/sample.mp4: as it is\n"), text());
        assertTrue(text().contains("  video H264 "), text());
        assertTrue(text().contains("  audio AAC stereo: WebRTC re-encoded (as Opus; 0.01 cores)"), text());
        assertTrue(text().endsWith("1 film: 1 as it is\n"), text());
    }

    @Test
    void nothingNamed_saysHowItIsCalled() throws Exception {
        assertEquals(2, probe("--json"));
        assertEquals(1, probe(folder.resolve("missing.mp4").toString()));
        assertTrue(text().contains("There is no such file"), text());
    }
}
