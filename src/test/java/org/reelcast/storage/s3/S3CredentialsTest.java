package org.reelcast.storage.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.reelcast.config.Settings;
import org.reelcast.refusal.Refusal;
import org.reelcast.storage.RemoteSource;
import org.reelcast.storage.s3.server.OddStore;
import org.reelcast.storage.s3.server.OddStore.Request;
import org.reelcast.storage.s3.server.S3Server;
import org.reelcast.storage.s3.server.SlowLink;

/** Without aws_s3_credentials: what the SDK finds on the machine, at a store that checks signatures, and nobody. */
@Timeout(60)
class S3CredentialsTest {
    private static final byte[] FILM = S3TestFiles.bytes(300_000, 11);
    private static final List<String> PROPERTIES = List.of(
            "aws.accessKeyId",
            "aws.secretAccessKey",
            "aws.region",
            "aws.sharedCredentialsFile",
            "aws.configFile",
            "aws.profile",
            "aws.ec2MetadataServiceEndpoint",
            "aws.ec2MetadataServiceTimeout");

    @TempDir
    static Path stores;

    private static S3Server server;

    @TempDir
    Path folder;

    private final Map<String, String> before = new HashMap<>();
    private SlowLink link;

    @BeforeAll
    static void startServer() throws Exception {
        server = S3Server.start(stores);
        for (String bucket : List.of("films", "public")) {
            server.bucket(bucket);
            server.put(bucket, "film.mp4", FILM);
        }
        server.publish("public", "film.mp4");
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @BeforeEach
    void openLink() throws IOException {
        link = new SlowLink(server.port());
        PROPERTIES.forEach(name -> before.put(name, System.getProperty(name)));
        // nothing of this machine's own
        System.setProperty("aws.sharedCredentialsFile", folder.resolve("none").toString());
        System.setProperty("aws.configFile", folder.resolve("none").toString());
        System.setProperty("aws.ec2MetadataServiceEndpoint", "http://127.0.0.1:1");
    }

    @AfterEach
    void closeLink() throws IOException {
        before.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
        link.close();
    }

    private S3Files files(String... more) throws IOException {
        Map<String, String> settings = new HashMap<>(
                Map.of("cache_dir", folder.resolve("cache").toString(), "s3_only_allowed_endpoints", "false"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return new S3Files(Settings.of(settings), address -> true);
    }

    private S3Files trusting() throws IOException {
        return files("s3_allowed_endpoints", "127.0.0.1");
    }

    private String at(String bucket) {
        return "s3/http://127.0.0.1:" + link.port() + "/" + bucket + "/film.mp4";
    }

    private void assertRead(S3Files files, String bucket) throws IOException {
        try (files;
                RemoteSource source = files.open(at(bucket), "")) {
            assertArrayEquals(FILM, S3TestFiles.readAll(source));
        }
    }

    /** At least the last request: the first may have come before it was known who asks. */
    private void assertSigned(String region) {
        List<String> requests = link.requests();
        String last = requests.get(requests.size() - 1);
        assertTrue(
                last.contains("Credential=" + S3Server.LOGIN + "/") && last.contains("/" + region + "/s3/aws4_request"),
                requests.toString());
    }

    private boolean isSomebodyNamed() {
        return link.requests().stream()
                .anyMatch(request -> request.toLowerCase(Locale.ROOT).contains("authorization:"));
    }

    @Test
    void systemProperties_sign() throws IOException {
        System.setProperty("aws.accessKeyId", S3Server.LOGIN);
        System.setProperty("aws.secretAccessKey", S3Server.SECRET);
        System.setProperty("aws.region", "eu-west-3");
        assertRead(trusting(), "films");
        assertSigned("eu-west-3");
    }

    /** Who names a host of his own shall not be shown whose keys ask. */
    @Test
    void keysOfTheSettings_goToTrustedStoresAlone() throws IOException {
        try (S3Files files = files("aws_s3_credentials", S3Server.CREDENTIALS)) {
            Refusal refused = assertThrows(Refusal.class, () -> files.open(at("films"), ""));
            assertTrue(refused.getMessage().contains("s3_allowed_endpoints"), refused.getMessage());
        }
        assertTrue(
                !link.requests().isEmpty() && !isSomebodyNamed(),
                link.requests().toString());
        assertRead(files("aws_s3_credentials", S3Server.CREDENTIALS, "s3_allowed_endpoints", "127.0.0.1"), "films");
        assertTrue(isSomebodyNamed());
    }

    @Test
    void profile_signs() throws IOException {
        Path keys = Files.writeString(
                folder.resolve("credentials"),
                "[default]\naws_access_key_id=other\n"
                        + "aws_secret_access_key=other\n[films]\naws_access_key_id=" + S3Server.LOGIN
                        + "\naws_secret_access_key=" + S3Server.SECRET + "\n");
        Path config = Files.writeString(folder.resolve("config"), "[profile films]\nregion=ap-south-1\n");
        System.setProperty("aws.sharedCredentialsFile", keys.toString());
        System.setProperty("aws.configFile", config.toString());
        System.setProperty("aws.profile", "films");
        assertRead(trusting(), "films");
        assertSigned("ap-south-1");
    }

    /** The metadata service of a virtual machine that has a role. */
    private static void describe(Request request, OutputStream out) throws IOException {
        String path = request.line().split(" ")[1];
        String answer =
                switch (path) {
                    case "/latest/api/token" -> "token";
                    case "/latest/meta-data/iam/security-credentials/" -> "films-reader";
                    case "/latest/meta-data/iam/security-credentials/films-reader" ->
                        "{\"Code\":\"Success\",\"Type\":"
                                + "\"AWS-HMAC\",\"AccessKeyId\":\"" + S3Server.LOGIN + "\",\"SecretAccessKey\":\""
                                + S3Server.SECRET
                                + "\",\"Token\":\"session\",\"LastUpdated\":\"2020-01-01T00:00:00Z\",\"Expiration\":"
                                + "\"2099-01-01T00:00:00Z\"}";
                    case "/latest/dynamic/instance-identity/document" -> "{\"region\":\"sa-east-1\"}";
                    default -> null;
                };
        out.write((answer == null
                        ? "HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
                        : "HTTP/1.1 200 OK\r\nConnection: close\r\nx-aws-ec2-metadata-token-ttl-seconds: 600\r\n"
                                + "Content-Length: " + answer.length() + "\r\n\r\n" + answer)
                .getBytes(StandardCharsets.US_ASCII));
    }

    private static void ask(OddStore metadata) {
        System.setProperty("aws.ec2MetadataServiceEndpoint", "http://127.0.0.1:" + metadata.port());
    }

    @Test
    void roleOfTheMachine_signs() throws IOException {
        try (OddStore metadata = new OddStore(S3CredentialsTest::describe)) {
            ask(metadata);
            assertRead(trusting(), "films");
            String last = link.requests().get(link.requests().size() - 1);
            assertTrue(last.contains("Credential=" + S3Server.LOGIN) && last.contains("session"), last);
            try (MachineIdentity machine = new MachineIdentity()) {
                assertTrue(machine.settle());
                assertEquals("sa-east-1", machine.region().orElseThrow());
            }
        }
    }

    @Test
    void roleThatIsLookedUpSlowly_isWaitedForWhenNobodyMayReadIt() throws IOException {
        try (OddStore metadata = new OddStore((request, out) -> {
            // says nothing before the store was asked as nobody
            while (link.requests().isEmpty()) {
                LockSupport.parkNanos(5_000_000);
            }
            describe(request, out);
        })) {
            ask(metadata);
            System.setProperty("aws.ec2MetadataServiceTimeout", "20");
            assertRead(trusting(), "films");
            assertTrue(
                    !link.requests().get(0).contains("Authorization"),
                    link.requests().toString());
            assertTrue(
                    link.requests().get(1).contains("Credential=" + S3Server.LOGIN),
                    link.requests().toString());
        }
    }

    @Test
    void metadataServiceThatDoesNotAnswer_holdsNoPublicObjectUp() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            System.setProperty("aws.ec2MetadataServiceEndpoint", "http://127.0.0.1:" + mute.getLocalPort());
            // who waits for it waits longer than this test may take
            System.setProperty("aws.ec2MetadataServiceTimeout", "120");
            try (S3Files trusting = trusting();
                    S3Files files = files()) {
                // the first of a process takes its time
                files.open(at("public"), "").close();
                long start = System.nanoTime();
                files.open(at("public"), "").close();
                long trusted = System.nanoTime();
                trusting.open(at("public"), "").close();
                System.out.printf(
                        "S3, public object, metadata service mute: open after %.0f ms at a trusted store, "
                                + "%.0f ms at another%n",
                        (System.nanoTime() - trusted) / 1e6, (trusted - start) / 1e6);
            }
            assertTrue(!isSomebodyNamed(), link.requests().toString());
        }
    }

    @Test
    void nobody_isDeniedWhatIsNotPublic() throws IOException {
        try (S3Files files = trusting()) {
            Refusal refused = assertThrows(Refusal.class, () -> files.open(at("films"), ""));
            assertEquals("Failed to read file", refused.info());
            assertTrue(refused.getMessage().contains("aws_s3_credentials"), refused.getMessage());
        }
    }

    @Test
    void storeThatIsNotTrusted_isNotToldWhoWeAre() throws IOException {
        System.setProperty("aws.accessKeyId", S3Server.LOGIN);
        System.setProperty("aws.secretAccessKey", S3Server.SECRET);
        assertRead(files(), "public");
        assertTrue(!isSomebodyNamed(), link.requests().toString());
        try (S3Files files = files()) {
            assertThrows(Refusal.class, () -> files.open(at("films"), ""));
        }
    }
}
