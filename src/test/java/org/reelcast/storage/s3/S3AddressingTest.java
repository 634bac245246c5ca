package org.reelcast.storage.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.reelcast.storage.s3.server.S3Server;
import org.reelcast.storage.s3.server.SlowLink;

/**
 * Buckets in front of the host and in the path, at stores that check signatures, by names that a file of hosts leads to
 * this machine; the keys are in the environment.
 */
@Timeout(60)
class S3AddressingTest {
    private static final String OWN = "store.example";
    private static final String AWS = "s3.eu-central-1.amazonaws.com";
    private static final byte[] FILM = S3TestFiles.bytes(300_000, 9);
    private static final String READ = "read " + Arrays.hashCode(FILM);

    @TempDir
    Path folder;

    private static void fill(S3Server server) throws IOException {
        server.bucket("films");
        server.put("films", "folder/a film.mp4", FILM);
    }

    /** Reads the objects with the keys in the environment. @return a line for each */
    private List<String> read(String... jobs) throws Exception {
        Path hosts = Files.writeString(
                folder.resolve("hosts"),
                "127.0.0.1 localhost " + OWN + " films." + OWN + " " + AWS + " films." + AWS + "\n");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-Djdk.net.hosts.file=" + hosts,
                "-cp",
                System.getProperty("java.class.path"),
                S3ReaderMain.class.getName(),
                folder.toString()));
        command.addAll(List.of(jobs));
        ProcessBuilder starting =
                new ProcessBuilder(command).redirectError(folder.resolve("log").toFile());
        starting.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        starting.environment().put("AWS_ACCESS_KEY_ID", S3Server.LOGIN);
        starting.environment().put("AWS_SECRET_ACCESS_KEY", S3Server.SECRET);
        starting.environment().put("AWS_REGION", "eu-north-1");
        Process process = starting.start();
        try {
            String lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor(), () -> log());
            return lines.lines().toList();
        } finally {
            process.destroyForcibly();
        }
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static void assertAsked(SlowLink link, String line, String host, String region) {
        String wanted = line.toLowerCase();
        assertTrue(
                link.requests().stream()
                        .map(String::toLowerCase)
                        .anyMatch(request -> request.startsWith(wanted)
                                && request.contains("\r\nhost: " + host + ":" + link.port() + "\r\n")
                                && request.contains("/" + region + "/s3/aws4_request")),
                link.requests().toString());
    }

    @Test
    void bothStyles_areSignedAndFound_automaticallyAndForced() throws Exception {
        try (S3Server own = S3Server.startVirtual(folder.resolve("own"), OWN);
                S3Server aws = S3Server.startVirtual(folder.resolve("aws"), AWS);
                SlowLink virtual = new SlowLink(own.port());
                SlowLink path = new SlowLink(own.port());
                SlowLink awsVirtual = new SlowLink(aws.port());
                SlowLink awsPath = new SlowLink(aws.port())) {
            fill(own);
            fill(aws);
            String key = "films/folder/a%20film.mp4";
            List<String> told = read(
                    "s3/" + key + "|s3_addressing=virtual|s3_endpoint=http://" + OWN + ":" + virtual.port(),
                    "s3/" + key + "|s3_endpoint=http://" + OWN + ":" + path.port(),
                    "s3/http://" + AWS + ":" + awsVirtual.port() + "/" + key,
                    "s3/http://" + AWS + ":" + awsPath.port() + "/" + key + "|s3_addressing=path",
                    // it leads inside, and the bucket in front of it does not make it another
                    "s3/http://" + OWN + ":" + virtual.port() + "/" + key
                            + "|s3_addressing=virtual|s3_only_allowed_endpoints=false");
            assertEquals(List.of(READ, READ, READ, READ), told.subList(0, 4), this::log);
            assertTrue(
                    told.get(4).startsWith("failed") && told.get(4).contains("not at a public address"), told.get(4));
            assertAsked(virtual, "GET /folder/a%20film.mp4 ", "films." + OWN, "eu-north-1");
            assertAsked(path, "GET /" + key + " ", OWN, "eu-north-1");
            assertAsked(awsVirtual, "GET /folder/a%20film.mp4 ", "films." + AWS, "eu-central-1");
            assertAsked(awsPath, "GET /" + key + " ", AWS, "eu-central-1");
        }
    }
}
