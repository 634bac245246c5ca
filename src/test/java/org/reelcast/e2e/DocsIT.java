package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.e2e.harness.BesideOthers;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.TestMedia;

/** The commands in the docs do what the docs say, on other ports as well. */
@E2e
@BesideOthers
class DocsIT {
    private final ReelcastProcess server;

    @TempDir
    private Path folder;

    DocsIT(ReelcastProcess server) {
        this.server = server;
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/start.md"})
    void callsOfRest_succeed(String page) throws Exception {
        List<String> blocks =
                DocBlocks.of(page).filter(block -> block.startsWith("curl")).toList();
        assertFalse(blocks.isEmpty(), page);
        for (String block : blocks) {
            String said = DocBlocks.run(
                    folder,
                    "set -e\n"
                            + block.replace("curl -i", "curl -sSi")
                                    .replace("curl http", "curl -sSf http")
                                    .replace(
                                            "localhost:8081",
                                            "localhost:" + server.ports().http()));
            long calls =
                    block.lines().filter(line -> line.startsWith("curl -i")).count();
            assertEquals(
                    calls,
                    Pattern.compile("HTTP/1.1 200").matcher(said).results().count(),
                    said);
        }
    }

    @Test
    void preparedFilms_play() throws Exception {
        DocBlocks.run(folder, "ffmpeg -v error -i '" + TestMedia.brief() + "' -c copy film.ts -c copy film.mkv");
        Files.copy(TestMedia.foreignVideo(), folder.resolve("film.mp4"));
        List<String> commands = DocBlocks.of("docs/prepare-films.md")
                .filter(block -> block.startsWith("ffmpeg"))
                .toList();
        assertEquals(3, commands.size());
        for (String command : commands) {
            DocBlocks.run(folder, command.replaceFirst("ffmpeg", "ffmpeg -v error -y"));
            String made = command.strip().replaceFirst("(?s).* ", "");
            Files.move(
                    folder.resolve(made),
                    server.mediaDir().resolve("prepared-" + made),
                    StandardCopyOption.REPLACE_EXISTING);
            Files.copy(TestMedia.foreignVideo(), folder.resolve("film.mp4"), StandardCopyOption.REPLACE_EXISTING);
            plays("prepared-" + made);
        }
    }

    private void plays(String film) {
        RestClient rest = new RestClient(server);
        assertEquals(
                200,
                rest.post("/vod/startup", "{\"uri\":\"vod-live://" + film + "\",\"localStreamName\":\"docs\"}")
                        .status(),
                film);
        assertEquals(
                200,
                rest.post("/vod/terminate", "{\"localStreamName\":\"docs\"}").status());
        rest.awaitNoStreams(Duration.ofSeconds(10));
    }
}
