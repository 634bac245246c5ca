package org.reelcast.e2e.harness;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** WebRTC stacks that are no browser's, each driven by a program of {@code src/test/interop}. */
public enum ForeignClient {
    /** Python; decodes with FFmpeg. */
    AIORTC,
    /** GStreamer on libnice; decodes. */
    WEBRTCBIN,
    /** JavaScript; decodes nothing. */
    WERIFT;

    private static final Path PROGRAMS = Path.of("src", "test", "interop").toAbsolutePath();
    /** Debian's, which has Debian's packages, whatever comes first on the PATH. */
    private static final String PYTHON = "/usr/bin/python3";
    private static final String WERIFT_VERSION = "0.24.4";
    private static final String WS_VERSION = "8.18.3";

    /**
     * How a stream played.
     *
     * @param video pictures
     * @param audio frames of sound
     */
    public record Played(int video, int audio, String status, String info) {
    }

    /** Plays a stream to its end, or for so long. */
    public Played play(ReelcastProcess server, String stream, int seconds) {
        List<String> arguments = List.of(server.wsUrl() + "/", stream, Integer.toString(seconds));
        String output = switch (this) {
            case AIORTC -> run(PROGRAMS, PYTHON, PROGRAMS.resolve("aiortc_play.py"), arguments);
            case WEBRTCBIN -> run(PROGRAMS, PYTHON, PROGRAMS.resolve("webrtcbin_play.py"), arguments);
            case WERIFT -> run(werift(), Tools.find("node").toString(), PROGRAMS.resolve("werift_play.mjs"), arguments);
        };
        String[] lines = output.split("\n");
        JsonObject report = new Gson().fromJson(lines[lines.length - 1], JsonObject.class);
        return new Played(report.get("video").getAsInt(), report.get("audio").getAsInt(), text(report, "status"),
                text(report, "info"));
    }

    private static String text(JsonObject report, String name) {
        return report.has(name) && !report.get(name).isJsonNull() ? report.get(name).getAsString() : "";
    }

    private static String run(Path folder, String program, Path script, List<String> arguments) {
        List<String> command = new java.util.ArrayList<>(List.of(program, script.toString()));
        command.addAll(arguments);
        return Tools.output(folder, command);
    }

    private static Path werift() {
        Path folder = Tools.target().resolve("werift-" + WERIFT_VERSION).toAbsolutePath();
        if (!Files.exists(folder)) {
            try {
                Path work = Files.createTempDirectory(Files.createDirectories(folder.getParent()), "werift");
                Tools.run(work, List.of(Tools.find("npm").toString(), "install", "--silent", "--no-audit", "--no-fund",
                        "--prefix", work.toString(), "werift@" + WERIFT_VERSION, "ws@" + WS_VERSION));
                Files.move(work, folder, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return folder;
    }
}
