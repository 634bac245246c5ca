package org.reelcast.boot;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A key on P-256 and a certificate that it signs for itself (RFC 5280): what an installation uses until it is given a
 * certificate that browsers know. Java has no public class that makes certificates; its program {@code keytool} does, and
 * comes with every Java.
 */
record SelfSigned(PrivateKey key, X509Certificate certificate) {
    /** As long as browsers let certificates of authorities last; Apple's devices take none over 825 days. */
    static final Duration LIFE = Duration.ofDays(397);

    private static final String ALIAS = "own";
    /** Of a file that lives as long as keytool takes, in a folder that nobody else may read. */
    private static final String PASSWORD = "changeit";

    private static final DateTimeFormatter KEYTOOLS_TIME =
            DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss").withZone(ZoneOffset.UTC);

    /**
     * Makes a new key and a certificate from now on; takes half a second.
     *
     * @param names DNS names and IP addresses in digits that the certificate is for; the first is its subject
     * @throws IOException when this Java has no keytool, or it fails
     */
    static SelfSigned create(Set<String> names, Instant now) throws IOException, GeneralSecurityException {
        Path folder = Files.createTempDirectory("reelcast-key");
        Path file = folder.resolve("own.p12");
        try {
            run(command(names, now, file));
            KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
            return new SelfSigned((PrivateKey) store.getKey(ALIAS, PASSWORD.toCharArray()), (X509Certificate)
                    store.getCertificate(ALIAS));
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    private static List<String> command(Set<String> names, Instant now, Path file) {
        // from a day back on: the clocks of viewers are not all right
        String from = KEYTOOLS_TIME.format(now.minus(Duration.ofDays(1)));
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-J-Duser.timezone=UTC",
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-sigalg",
                "SHA256withECDSA",
                "-dname",
                "CN=" + names.iterator().next(),
                "-startdate",
                from,
                "-validity",
                String.valueOf(LIFE.toDays()),
                "-ext",
                "san=" + names.stream().map(SelfSigned::alternativeName).collect(Collectors.joining(",")),
                "-ext",
                "bc:critical=ca:false",
                "-ext",
                "eku=serverAuth",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD);
    }

    private static String alternativeName(String name) {
        return (name.indexOf(':') >= 0 || name.matches("[0-9.]+") ? "ip:" : "dns:") + name;
    }

    private static void run(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // agents and heaps are meant for the server
        builder.environment().keySet().removeAll(Set.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS"));
        Process keytool = builder.start();
        keytool.getOutputStream().close();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (keytool.waitFor() != 0) {
                throw new IOException(command.get(0) + " fails: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(command.get(0) + " was interrupted", e);
        }
    }

    /** {@code localhost}, the machine's name and all its addresses. */
    static Set<String> namesOfThisMachine() {
        Set<String> names = new LinkedHashSet<>(List.of("localhost"));
        try {
            String host = InetAddress.getLocalHost().getHostName();
            if (isDnsName(host)) {
                names.add(host);
            }
        } catch (UnknownHostException e) {
            // a machine without a name is fine
        }
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLinkLocalAddress())
                    .forEach(address -> names.add(address.getHostAddress().replaceFirst("%.*", "")));
        } catch (SocketException e) {
            names.add("127.0.0.1");
        }
        return names;
    }

    /** Whether a certificate can have it: machines are called all sorts of things. */
    static boolean isDnsName(String name) {
        return name.length() <= 253 && name.matches("[A-Za-z0-9][A-Za-z0-9-]*(\\.[A-Za-z0-9][A-Za-z0-9-]*)*");
    }
}
