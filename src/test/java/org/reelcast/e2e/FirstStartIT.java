package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reelcast.e2e.harness.BesideOthers;
import org.reelcast.e2e.harness.LightViewer;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.webrtc.client.ClientNetwork;

/** What somebody reads who starts {@code reelcast.jar} for the first time: lines of Reelcast's own, and no complaint. */
@BesideOthers
class FirstStartIT {
    /** An event as the log has it; warnings, errors, stack traces and what somebody prints beside the log are none. */
    private static final Pattern EVENT =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\S+ INFO  \\w+ - .+");

    /** An event that is worth a look. */
    private static final Pattern WARNING =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\S+ WARN  \\w+ - .+");

    @Test
    void emptyFolder_startPlayAndStopAreWithoutComplaint() {
        try (ReelcastProcess server = ReelcastProcess.builder("first-start").start()) {
            try (ClientNetwork network = new ClientNetwork(1, List.of(7, 1));
                    LightViewer viewer = new LightViewer(network, server, "vod://sample.mp4")) {
                viewer.awaitPlaying();
                viewer.stop();
            }
            server.stop();
            assertEquals(List.of(), others(server), server::lastWords);
        }
    }

    @Test
    void unknownSetting_isWarnedOfOnce_andMemoryThatRunsOut_endsTheProcess_andTheLogSaysWhy(@TempDir Path home)
            throws IOException {
        Path file = Files.createDirectory(home.resolve("conf")).resolve("flashphoner.properties");
        Files.writeString(file, "vod_live_lop=true\n");
        try (ReelcastProcess server = ReelcastProcess.builder("no-memory")
                .upSoon()
                .in(home)
                .jvm("-XX:MaxDirectMemorySize=300k")
                .launch()) {
            assertEquals(3, server.awaitExit(Duration.ofMinutes(2)), server::lastWords);
            assertTrue(
                    server.log()
                            .lines()
                            .anyMatch(
                                    line -> line.matches(
                                            ".* ERROR Reelcast - The process ends, as it cannot go on: java.lang.OutOfMemoryError: .*direct.*")),
                    server::lastWords);
            List<String> warnings = server.log()
                    .lines()
                    .filter(line -> line.contains("vod_live_lop"))
                    .toList();
            assertEquals(1, warnings.size(), warnings::toString);
            assertTrue(
                    WARNING.matcher(warnings.get(0)).matches()
                            && warnings.get(0)
                                    .endsWith("unknown setting vod_live_lop is ignored; did you mean vod_live_loop?"),
                    warnings::toString);
        }
    }

    private static List<String> others(ReelcastProcess server) {
        return server.log()
                .lines()
                .filter(line -> !EVENT.matcher(line).matches())
                .toList();
    }
}
