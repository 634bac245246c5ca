package org.reelcast.webrtc.srtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Encryption without garbage in each JDK of this machine from 17 on: it names classes that any new JDK may change. */
class EachJdkTest {
    private static final String OPENS = "--add-opens=java.base/com.sun.crypto.provider=ALL-UNNAMED";

    @TempDir
    private Path folder;

    /** The one that runs this test, and those installed beside it. */
    static List<Path> jdks() throws IOException {
        Path own = Path.of(System.getProperty("java.home")).toRealPath();
        List<Path> found = new ArrayList<>(List.of(own));
        try (Stream<Path> besides = Files.list(own.getParent())) {
            for (Path one : besides.sorted().toList()) {
                Path jdk = one.toRealPath();
                if (!found.contains(jdk) && Files.isExecutable(jdk.resolve("bin/javac")) && version(jdk) >= 17) {
                    found.add(jdk);
                }
            }
        }
        return found;
    }

    private static int version(Path jdk) throws IOException {
        Path file = jdk.resolve("release");
        if (!Files.exists(file)) {
            return 0;
        }
        Properties release = new Properties();
        try (var in = Files.newInputStream(file)) {
            release.load(in);
        }
        return Runtime.Version.parse(release.getProperty("JAVA_VERSION").replace("\"", ""))
                .feature();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void whereTheProviderIsOpen_packetsAreEncryptedInPlace(Path jdk) throws Exception {
        String adapter = version(jdk) < 26 ? "JDK_17" : "JDK_26";
        assertInPlace(adapter, run(jdk, "bin/java", probe(OPENS)));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void whereItIsNot_thatIsSaidWithWhatHelps(Path jdk) throws Exception {
        String said = run(jdk, "bin/java", probe("-Dsaid=plainly"));
        assertTrue(said.contains("mode=Packets are encrypted by JCE"), said);
        assertTrue(said.contains("Java was not started with " + OPENS), said);
        assertTrue(said.contains("WARNING: Packets are encrypted by JCE"), said);
        assertSealed(said);
    }

    /** Java 26 has AES under another name: here the JDK at hand is given it. */
    @ParameterizedTest
    @MethodSource("jdks")
    void newerNameOfAes_isFound(Path jdk) throws Exception {
        Path source = Files.createDirectories(folder.resolve("com/sun/crypto/provider"))
                .resolve("AES_Crypt.java");
        Files.writeString(source, """
                package com.sun.crypto.provider;
                public final class AES_Crypt extends SymmetricCipher {
                    private final AESCrypt aes = new AESCrypt();
                    int getBlockSize() { return 16; }
                    void init(boolean decrypting, String algorithm, byte[] key) throws java.security.InvalidKeyException {
                        aes.init(decrypting, algorithm, key);
                    }
                    void encryptBlock(byte[] in, int inAt, byte[] out, int outAt) { aes.encryptBlock(in, inAt, out, outAt); }
                    void decryptBlock(byte[] in, int inAt, byte[] out, int outAt) { aes.decryptBlock(in, inAt, out, outAt); }
                }
                """);
        Path patch = folder.resolve("patch");
        if (version(jdk) < 26) {
            run(
                    jdk,
                    "bin/javac",
                    List.of("--patch-module", "java.base=" + folder, "-d", patch.toString(), source.toString()));
        }
        assertInPlace("JDK_26", run(jdk, "bin/java", probe(OPENS, "--patch-module", "java.base=" + patch)));
    }

    private static void assertInPlace(String adapter, String said) {
        assertTrue(said.contains("mode=Packets are encrypted in place, without garbage (" + adapter + ")"), said);
        assertSealed(said);
        long garbage = Long.parseLong(said.replaceFirst("(?s).*garbage=(\\d+).*", "$1"));
        assertTrue(garbage < 64, said);
    }

    private static void assertSealed(String said) {
        byte[] expected = GcmProbe.seal(new JceSealer(GcmProbe.key()));
        assertTrue(said.contains("sealed=" + HexFormat.of().formatHex(expected)), said);
    }

    private static List<String> probe(String... options) {
        List<String> command = new ArrayList<>(List.of(options));
        command.addAll(List.of(
                "-Xmx64m",
                "-cp",
                "target/classes" + java.io.File.pathSeparator + "target/test-classes",
                GcmProbe.class.getName()));
        return command;
    }

    private static String run(Path jdk, String program, List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(jdk.resolve(program).toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }
}
