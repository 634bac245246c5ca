package org.reelcast.boot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reelcast.config.Settings;
import org.reelcast.config.SettingsException;

class BootTest {
    @TempDir
    private Path folder;

    @Test
    void everyPortBecomesAListener() {
        List<String> commands = Listeners.commands(Settings.of(Map.of("http.port", "9091")));
        String all = String.join("\n", commands);
        assertTrue(all.contains("network-listener.http-listener.port=8080\n"), all);
        assertTrue(all.contains("--listenerport 9091 --defaultvs server --securityenabled=false pages\n"), all);
        assertTrue(all.contains("--listenerport 8445 --defaultvs server --securityenabled=true hls-tls\n"), all);
        assertEquals(
                3,
                commands.stream()
                        .filter(line -> line.endsWith("cert-nickname=reelcast"))
                        .count());
    }

    @Test
    void portZero_isNoListener() {
        String all = String.join("\n", Listeners.commands(Settings.of(Map.of("ws.port", "0", "hls.port", "0"))));
        assertTrue(all.contains("network-listener.http-listener.enabled=false\n"), all);
        assertFalse(all.contains("http-listener.port="), all);
        assertFalse(all.contains("false hls\n"), all);
    }

    @Test
    void portThatIsTaken_isRefusedWithASentence() throws Exception {
        Map<String, String> values = new HashMap<>(Map.of(
                "listen_address",
                "127.0.0.1",
                "wss.port",
                "0",
                "http.port",
                "0",
                "https.port",
                "0",
                "hls.port",
                "0",
                "hls.https.port",
                "0"));
        int port;
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = other.getLocalPort();
            values.put("ws.port", Integer.toString(port));
            String message = assertThrows(SettingsException.class, () -> Listeners.checkFree(Settings.of(values)))
                    .getMessage();
            assertTrue(message.startsWith("TCP port " + port + " (ws.port) on 127.0.0.1 cannot be opened"), message);
        }
        assertDoesNotThrow(() -> Listeners.checkFree(Settings.of(values)));
    }

    @Test
    void logLine_isLikeWcs() {
        LogRecord event = new LogRecord(Level.WARNING, "It is B-frame! {0}");
        event.setLoggerName("org.reelcast.source.vod.VodService");
        event.setParameters(new Object[] {"x"});
        String line = new LineFormatter().format(event);
        assertTrue(
                line.matches(
                        "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d) WARN  VodService - It is B-frame! x\\R"),
                line);
    }

    @Test
    void logLineOfAFailure_carriesTheTrace() {
        LogRecord event = new LogRecord(Level.SEVERE, "broke");
        event.setThrown(new IllegalStateException("because"));
        String text = new LineFormatter().format(event);
        assertTrue(text.contains("ERROR Server - broke") && text.contains("IllegalStateException: because"), text);
    }

    @Test
    void chatterOfTheServer_isKeptBack_warningsAreNot() {
        LogRecord event = new LogRecord(Level.INFO, "Loading application [ROOT] at [/]");
        event.setLoggerName("jakarta.enterprise.web");
        assertFalse(new ServerLogFilter().isLoggable(event));
        event.setLevel(Level.WARNING);
        assertTrue(new ServerLogFilter().isLoggable(event));
        event.setLoggerName("jakarta.enterprise.web.util");
        assertTrue(new ServerLogFilter().isLoggable(event));
        event.setMessage("The web application [] created a ThreadLocal with key of type [x]");
        assertFalse(new ServerLogFilter().isLoggable(event));
        event.setLoggerName(null);
        assertTrue(new ServerLogFilter().isLoggable(event));
        event.setLevel(Level.FINE);
        event.setLoggerName("org.reelcast.source.vod.VodService");
        assertTrue(new ServerLogFilter().isLoggable(event));
    }

    @Test
    void reasonOfAFailedStart_isInReelcastsOwnWords() {
        Throwable inUse = new BindException("in use");
        Throwable ours = new IllegalStateException("Media cannot be sent: no port", inUse);
        assertEquals(
                "Media cannot be sent: no port",
                StartFailure.sentence(withForeignTrace(new RuntimeException("Initialization failed", ours))));
        assertEquals(
                "java.net.BindException: in use",
                StartFailure.sentence(
                        withForeignTrace(new RuntimeException("Initialization failed", withForeignTrace(inUse)))));
    }

    private static Throwable withForeignTrace(Throwable thrown) {
        thrown.setStackTrace(new StackTraceElement[] {new StackTraceElement("com.sun.ejb.X", "m", "X.java", 1)});
        return thrown;
    }

    @Test
    void folderOfFilms_thatIsThere_isLeftAsItIs() throws Exception {
        SampleFilm.unpack(folder, folder);
        try (var files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void folderOfFilms_isMadeOnlyWhereNobodyNamedIt() {
        SampleFilm.unpack(folder.resolve("mistyped"), folder.resolve("media"));
        assertFalse(Files.exists(folder.resolve("mistyped")));
        SampleFilm.unpack(folder.resolve("media"), folder.resolve("media"));
        assertTrue(Files.isDirectory(folder.resolve("media")));
    }

    @Test
    void addressesOfThePlayer_areThoseThatAPhoneReaches() {
        List<String> own = List.of("192.168.1.5", "203.0.113.7");
        assertEquals(
                List.of("http://192.168.1.5:8081/", "http://203.0.113.7:8081/", "http://localhost:8081/"),
                Addresses.ofPlayer(Settings.of(Map.of()), own));
        assertEquals(
                List.of("http://localhost:9081/"),
                Addresses.ofPlayer(Settings.of(Map.of("listen_address", "127.0.0.1", "http.port", "9081")), own));
        assertEquals(
                List.of("https://[::1]:8444/"),
                Addresses.ofPlayer(Settings.of(Map.of("listen_address", "::1", "http.port", "0")), own));
        assertEquals(List.of(), Addresses.ofPlayer(Settings.of(Map.of("https.port", "0", "http.port", "0")), own));
    }

    /** Those of containers' bridges are private, too, and newer. */
    @Test
    void addressOfTheDefaultRoute_isFirst() throws UnknownHostException {
        List<InetAddress> all = new ArrayList<>();
        for (String each :
                List.of("172.18.0.1", "172.17.0.1", "203.0.113.7", "127.0.0.1", "169.254.1.1", "::1", "192.168.1.5")) {
            all.add(InetAddress.getByName(each));
        }
        assertEquals(
                List.of("192.168.1.5", "172.18.0.1", "172.17.0.1", "203.0.113.7"),
                Addresses.inOrder(all, InetAddress.getByName("192.168.1.5")));
        assertEquals(List.of("172.18.0.1", "172.17.0.1", "192.168.1.5", "203.0.113.7"), Addresses.inOrder(all, null));
    }

    @Test
    void logLineAsJson_isOneObject() {
        LogRecord event = new LogRecord(Level.WARNING, "a \"name\"\nwith {0}");
        event.setLoggerName("org.reelcast.source.vod.VodService");
        event.setParameters(new Object[] {"\\ \u001b \ud83c"});
        event.setThrown(new IllegalStateException("because"));
        String line = new JsonFormatter().format(event);
        assertEquals(1, line.lines().count(), line);
        JsonObject object;
        try (JsonReader reader = Json.createReader(new StringReader(line))) {
            object = reader.readObject();
        }
        assertEquals("a \"name\"\nwith \\ \u001b \ud83c", object.getString("message"));
        assertEquals("WARN", object.getString("level"));
        assertEquals("VodService", object.getString("logger"));
        assertTrue(object.getString("time").matches("\\d{4}-\\d\\d-\\d\\dT.*(Z|[+-]\\d\\d:\\d\\d)"), line);
        assertTrue(object.getString("trace").contains("because"));
    }

    @Test
    void der_encodesLengths() {
        assertArrayEquals(new byte[] {0x04, 0x7f}, head(PemFiles.der(4, new byte[127]), 2));
        assertArrayEquals(new byte[] {0x04, (byte) 0x81, (byte) 0x80}, head(PemFiles.der(4, new byte[128]), 3));
        assertArrayEquals(new byte[] {0x04, (byte) 0x82, 0x01, 0x00}, head(PemFiles.der(4, new byte[256]), 4));
        assertArrayEquals(new byte[] {0x04, (byte) 0x82, (byte) 0xff, 1}, head(PemFiles.der(4, new byte[65281]), 4));
    }

    private static byte[] head(byte[] bytes, int length) {
        return java.util.Arrays.copyOf(bytes, length);
    }
}
