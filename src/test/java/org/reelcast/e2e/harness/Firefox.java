package org.reelcast.e2e.harness;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The machine's own Firefox, headless, with one page, driven by WebDriver BiDi (W3C): Playwright drives only a Firefox of its
 * own making. Its camera is a test picture.
 */
public final class Firefox implements AutoCloseable {
    private static final String PREFERENCES = """
            user_pref("media.autoplay.default", 0);
            user_pref("media.navigator.streams.fake", true);
            user_pref("media.navigator.permission.disabled", true);
            user_pref("media.peerconnection.ice.loopback", true);
            user_pref("browser.shell.checkDefaultBrowser", false);
            user_pref("datareporting.policy.dataSubmissionEnabled", false);
            user_pref("app.normandy.enabled", false);
            """;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonObject>> answers = new ConcurrentHashMap<>();
    private final String context;

    public Firefox() {
        int port = FreePorts.block(1);
        try {
            Path folder = Files.createDirectories(Tools.target().resolve("e2e"));
            Path profile = Files.createTempDirectory(folder, "firefox");
            Files.writeString(profile.resolve("user.js"), PREFERENCES);
            Path log = folder.resolve("firefox.log");
            ProcessBuilder starting = new ProcessBuilder(List.of(
                            Tools.find("firefox-esr", "firefox").toString(),
                            "--headless",
                            "--no-remote",
                            "--profile",
                            profile.toString(),
                            "--remote-debugging-port",
                            Integer.toString(port)))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            starting.environment().put("HOME", profile.toString());
            process = starting.start();
            Await.until(
                    LIMIT,
                    () -> Files.readString(log).contains("BiDi listening"),
                    () -> "Firefox does not start: " + log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/session"), new Answers())
                .join();
        ask("session.new", Map.of("capabilities", Map.of("alwaysMatch", Map.of("acceptInsecureCerts", true))));
        context = ask("browsingContext.create", Map.of("type", "tab"))
                .get("context")
                .getAsString();
    }

    /** Loads a page and its scripts. */
    public void navigate(String url) {
        ask("browsingContext.navigate", Map.of("context", context, "url", url, "wait", "complete"));
    }

    /** The value of an expression of JavaScript in the page, awaited; as text. */
    public String evaluate(String expression) {
        JsonObject answer = ask(
                "script.evaluate",
                Map.of("expression", expression, "target", Map.of("context", context), "awaitPromise", true));
        JsonObject result = answer.getAsJsonObject("result");
        if (result == null) {
            throw new AssertionError(expression + ": " + answer);
        }
        JsonElement value = result.get("value");
        return value == null ? result.get("type").getAsString() : value.getAsString();
    }

    public void awaitTrue(String condition, Duration limit) {
        Await.until(
                limit,
                () -> evaluate(condition).equals("true"),
                () -> condition + ": " + evaluate("document.body.innerText"));
    }

    /** Keeps a picture of the page as {@code target/e2e/firefox-MOMENT.png}. */
    public void screenshot(String moment) {
        String data = ask("browsingContext.captureScreenshot", Map.of("context", context))
                .get("data")
                .getAsString();
        try {
            Files.write(
                    Tools.target().resolve("e2e").resolve("firefox-" + moment + ".png"),
                    Base64.getDecoder().decode(data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonObject ask(String method, Map<String, Object> parameters) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        answers.put(id, answer);
        socket.sendText(new Gson().toJson(Map.of("id", id, "method", method, "params", parameters)), true)
                .join();
        JsonObject message =
                answer.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
        if (!message.has("result")) {
            throw new AssertionError(method + ": " + message);
        }
        return message.getAsJsonObject("result");
    }

    /** Takes messages, which come in parts, to those who wait for them. */
    private final class Answers implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                JsonObject message = JsonParser.parseString(text.toString()).getAsJsonObject();
                text.setLength(0);
                // events have no id
                if (message.has("id") && !message.get("id").isJsonNull()) {
                    answers.remove(message.get("id").getAsInt()).complete(message);
                }
            }
            from.request(1);
            return null;
        }
    }

    @Override
    public void close() {
        socket.abort();
        List<ProcessHandle> all = process.descendants().toList();
        process.destroy();
        all.forEach(ProcessHandle::destroy);
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
