package org.reelcast.bench.run;

import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.reelcast.rendition.GeneratedMedia;

/** What the machine could do at best: a plain Java loop that encrypts and sends, and OpenSSL's own speed. */
final class Floor implements Scenario {
    private static final int DESTINATIONS = 200;
    private static final Map<String, String> LINES = Map.of(
            "gso",
            "encrypt, GSO, 200",
            "lean",
            "encrypt as we do, GSO, 200",
            "single",
            "encrypt, one sendto a packet, 200");

    @Override
    public String name() {
        return "floor";
    }

    @Override
    public void run(BenchRun run) throws Exception {
        for (String mode : run.quick() ? List.of("gso") : List.of("gso", "lean", "single")) {
            try (LoadProcess load = run.load()) {
                loop(run, load, mode);
            }
        }
        openssl(run);
    }

    private void loop(BenchRun run, LoadProcess load, String mode) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "--add-opens=java.base/com.sun.crypto.provider=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.reelcast.bench.floor.FloorMain",
                        mode)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (Writer orders = process.outputWriter(StandardCharsets.UTF_8);
                BufferedReader answers =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            orders.write(load.sinks(DESTINATIONS) + "\n");
            orders.flush();
            if (!"ready".equals(answers.readLine())) {
                throw new IllegalStateException("The floor's process ended");
            }
            Pause.seconds(5);
            JsonObject figures = Window.measure(process.pid(), load, null, run.quick() ? 6 : 8);
            run.line(name() + "/" + LINES.get(mode), figures);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Nanoseconds for a packet of 1188 bytes. */
    private void openssl(BenchRun run) {
        try {
            String last = GeneratedMedia.run(
                            List.of("openssl", "speed", "-seconds", "2", "-bytes", "1188", "-evp", "aes-128-gcm"))
                    .lines()
                    .reduce((a, b) -> b)
                    .orElse("");
            double kilobytes = Double.parseDouble(last.replaceAll(".*\\s([0-9.]+)k\\s*$", "$1"));
            JsonObject figures = new JsonObject();
            figures.addProperty("nsAPacket", Figures.round(1188 / kilobytes * 1e6));
            run.line(name() + "/openssl", figures);
        } catch (IOException | NumberFormatException e) {
            System.out.println("  openssl speed: " + e.getMessage());
        }
    }
}
