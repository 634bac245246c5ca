package org.reelcast.boot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.reelcast.config.Settings;
import org.reelcast.config.SettingsException;

class TlsKeystoreTest {
    private static final InstantSource NOW = InstantSource.system();

    @TempDir
    private Path folder;

    private static SelfSigned users;

    @BeforeAll
    static void makeKey() throws Exception {
        users = SelfSigned.create(Set.of("vod.example.com"), NOW.instant());
    }

    @Test
    void withoutSettings_anOwnKeyIsMadeOnceAndKept() throws Exception {
        Path file = folder.resolve("conf/reelcast.p12");
        TlsKeystore first = TlsKeystore.prepareOwn(file, NOW);
        byte[] content = Files.readAllBytes(file);
        TlsKeystore second = TlsKeystore.prepareOwn(file, NOW);
        assertEquals(first, second);
        assertArrayEquals(content, Files.readAllBytes(file));
        X509Certificate certificate = (X509Certificate) certificate(first);
        certificate.verify(certificate.getPublicKey());
        certificate.checkValidity();
        List<Object> names = certificate.getSubjectAlternativeNames().stream()
                .map(name -> (Object) name.get(1))
                .toList();
        assertTrue(names.contains("localhost"), names::toString);
        assertTrue(names.contains("127.0.0.1"), names::toString);
        assertEquals("CN=localhost", certificate.getSubjectX500Principal().getName());
        assertEquals(List.of("1.3.6.1.5.5.7.3.1"), certificate.getExtendedKeyUsage(), "for TLS servers");
        assertEquals(-1, certificate.getBasicConstraints(), "no authority");
        assertEquals("SHA256withECDSA", certificate.getSigAlgName());
    }

    @Test
    void namesThatNoCertificateCanHave_areLeftOut() {
        List.of("vod-7.example.com", "7up", "a").forEach(name -> assertTrue(SelfSigned.isDnsName(name), name));
        List.of("", "-a", "a..b", "a.", "a_b", "a,dns:b", "x".repeat(254))
                .forEach(name -> assertFalse(SelfSigned.isDnsName(name), name));
    }

    /** Apple's devices take none over 825 days; authorities' last 397. */
    @Test
    void ownCertificateLastsThirteenMonthsAndIsMadeAnewBeforeItsEnd() throws Exception {
        Path file = folder.resolve("reelcast.p12");
        X509Certificate first = TlsKeystore.prepareOwn(file, NOW).certificate();
        Duration life = Duration.between(
                first.getNotBefore().toInstant(), first.getNotAfter().toInstant());
        assertEquals(397, life.toDays());
        Instant end = first.getNotAfter().toInstant();
        assertEquals(
                first,
                TlsKeystore.prepareOwn(file, InstantSource.fixed(end.minus(Duration.ofDays(31))))
                        .certificate());
        InstantSource late = InstantSource.fixed(end.minus(Duration.ofDays(29)));
        X509Certificate second = TlsKeystore.prepareOwn(file, late).certificate();
        assertTrue(second.getNotAfter().toInstant().isAfter(end.plus(Duration.ofDays(300))));
        assertEquals(second, TlsKeystore.prepareOwn(file, late).certificate());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void ownKey_isReadableByItsOwnerAlone() throws Exception {
        Path file = folder.resolve("conf/reelcast.p12");
        TlsKeystore.prepareOwn(file, NOW);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void ownFileThatIsBroken_isNotReplacedSilently() throws Exception {
        Path file = folder.resolve("reelcast.p12");
        Files.writeString(file, "no key");
        String message = assertThrows(SettingsException.class, () -> TlsKeystore.prepareOwn(file, NOW))
                .getMessage();
        assertTrue(message.contains("delete it and a new one is made"), message);
    }

    @Test
    void pemPair_isTaken() throws Exception {
        pem("cert.pem", "CERTIFICATE", users.certificate().getEncoded());
        pem("key.pem", "PRIVATE KEY", users.key().getEncoded());
        TlsKeystore keystore = TlsKeystore.prepare(pemSettings(), folder, NOW);
        assertEquals(users.certificate(), certificate(keystore));
    }

    @Test
    void olderFormsOfKeys_areTaken() throws Exception {
        BigInteger number = ((ECPrivateKey) users.key()).getS();
        byte[] octets = new byte[32];
        byte[] bytes = number.toByteArray();
        int length = Math.min(32, bytes.length);
        System.arraycopy(bytes, bytes.length - length, octets, 32 - length, length);
        byte[] version = {2, 1, 1};
        byte[] secp256r1 = HexFormat.of().parseHex("06082a8648ce3d030107");
        byte[] named = PemFiles.der(0x30, version, PemFiles.der(4, octets), PemFiles.der(0xa0, secp256r1));
        pem("sec1.pem", "EC PRIVATE KEY", named);
        assertEquals(number, ((ECPrivateKey) PemFiles.privateKey(folder.resolve("sec1.pem"))).getS());

        byte[] bare = PemFiles.der(0x30, version, PemFiles.der(4, octets));
        Files.writeString(
                pem("bare.pem", "EC PRIVATE KEY", bare),
                block("EC PARAMETERS", secp256r1) + block("EC PRIVATE KEY", bare));
        assertEquals(number, ((ECPrivateKey) PemFiles.privateKey(folder.resolve("bare.pem"))).getS());

        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        PrivateKey rsa = generator.generateKeyPair().getPrivate();
        // PrivateKeyInfo of a 2048-bit key has 26 bytes before the PKCS#1 key
        pem("rsa.pem", "RSA PRIVATE KEY", Arrays.copyOfRange(rsa.getEncoded(), 26, rsa.getEncoded().length));
        assertEquals(rsa, PemFiles.privateKey(folder.resolve("rsa.pem")));
    }

    @Test
    void keyOfAnotherCertificate_isRefused() throws Exception {
        pem("cert.pem", "CERTIFICATE", users.certificate().getEncoded());
        pem(
                "key.pem",
                "PRIVATE KEY",
                SelfSigned.create(Set.of("other"), NOW.instant()).key().getEncoded());
        assertTrue(refusal(pemSettings()).contains("is not that of the first certificate"));
    }

    @Test
    void filesThatCannotBeUsed_areRefusedWithASentence() throws Exception {
        assertEquals(
                "tls_certificate_file: there is no file " + folder.resolve("cert.pem") + ".", refusal(pemSettings()));
        String forbidden = PemFiles.unreadable("tls_key_file", folder, new AccessDeniedException("key.pem"))
                .getMessage();
        assertTrue(forbidden.contains("may not be read by the user " + System.getProperty("user.name")), forbidden);
        pem("cert.pem", "PRIVATE KEY", users.key().getEncoded());
        assertTrue(refusal(pemSettings()).contains("holds no certificate"));
        pem("cert.pem", "CERTIFICATE", new byte[] {1, 2, 3});
        assertTrue(refusal(pemSettings()).contains("broken certificate"));
        pem("cert.pem", "CERTIFICATE", users.certificate().getEncoded());
        pem("key.pem", "ENCRYPTED PRIVATE KEY", new byte[] {1, 2, 3});
        assertTrue(refusal(pemSettings()).contains("is encrypted"));
        pem("key.pem", "PRIVATE KEY", new byte[] {1, 2, 3});
        assertTrue(refusal(pemSettings()).contains("cannot read"));
        pem("key.pem", "EC PRIVATE KEY", new byte[] {0x30, 1});
        assertTrue(refusal(pemSettings()).contains("cannot read"));
        pem("key.pem", "CERTIFICATE", users.certificate().getEncoded());
        assertTrue(refusal(pemSettings()).contains("holds no private key"));
    }

    @Test
    void usersKeystore_isTakenWithItsPassword() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("any name", users.key(), "secret".toCharArray(), new Certificate[] {users.certificate()});
        try (OutputStream out = Files.newOutputStream(folder.resolve("mine.p12"))) {
            store.store(out, "secret".toCharArray());
        }
        Map<String, String> values = new HashMap<>(
                Map.of("tls_keystore_file", folder.resolve("mine.p12").toString(), "tls_keystore_password", "secret"));
        assertEquals(users.certificate(), certificate(TlsKeystore.prepare(Settings.of(values), folder, NOW)));
        values.put("tls_keystore_password", "wrong");
        String message = refusal(Settings.of(values));
        assertTrue(message.contains("tls_keystore_password") && !message.contains("wrong"), message);
    }

    private Settings pemSettings() {
        return Settings.of(Map.of(
                "tls_certificate_file",
                folder.resolve("cert.pem").toString(),
                "tls_key_file",
                folder.resolve("key.pem").toString()));
    }

    private String refusal(Settings settings) {
        return assertThrows(SettingsException.class, () -> TlsKeystore.prepare(settings, folder, NOW))
                .getMessage();
    }

    private Path pem(String name, String label, byte[] content) throws Exception {
        return Files.writeString(folder.resolve(name), block(label, content));
    }

    private static String block(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                + label + "-----\n";
    }

    private static Certificate certificate(TlsKeystore keystore) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keystore.file())) {
            store.load(in, keystore.password().toCharArray());
        }
        assertTrue(store.isKeyEntry(TlsKeystore.ALIAS));
        return store.getCertificate(TlsKeystore.ALIAS);
    }
}
