package org.reelcast.boot;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Set;
import java.util.logging.Logger;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;
import org.reelcast.config.SettingsException;

/**
 * The PKCS#12 file with which the TLS listeners start: made from the user's own certificate and key when the settings
 * name them, else this installation's own, made at the first start and kept.
 *
 * @param file     holds one entry, {@link #ALIAS}
 * @param password of file and entry; what protects the key is the file's mode, readable by its owner alone
 */
record TlsKeystore(Path file, String password) {
    static final String ALIAS = "reelcast";
    private static final String PASSWORD = "changeit";
    private static final Duration RENEWED_BEFORE = Duration.ofDays(30);
    private static final Logger LOG = Logger.getLogger(TlsKeystore.class.getName());

    /**
     * @param work a folder of this run, where a copy of the user's own key may lie
     * @throws SettingsException when the user's files cannot be used, or none can be made
     */
    static TlsKeystore prepare(Settings settings, Path work, InstantSource clock) {
        try {
            if (settings.get(Keys.TLS_KEYSTORE_FILE).isPresent()) {
                return fromKeystore(settings, work);
            }
            if (settings.get(Keys.TLS_CERTIFICATE_FILE).isPresent()) {
                return fromPem(settings, work);
            }
            return prepareOwn(settings.home().resolve("conf").resolve("reelcast.p12"), clock);
        } catch (IOException | GeneralSecurityException e) {
            throw new SettingsException("The key for TLS cannot be set up: " + e + ".", e);
        }
    }

    /** This installation's own key in {@code file}, made when it is not there yet, and anew when its time is up. */
    static TlsKeystore prepareOwn(Path file, InstantSource clock) throws IOException, GeneralSecurityException {
        TlsKeystore own = new TlsKeystore(file, PASSWORD);
        if (!Files.exists(file)) {
            Files.createDirectories(file.getParent());
            make(file, clock.instant());
        } else {
            entry(
                    load(file, PASSWORD, file + " is not the file that Reelcast made; delete it and a new one is made"),
                    PASSWORD,
                    file.toString());
            if (isToBeRenewed(own.certificate(), clock.instant())) {
                make(file, clock.instant());
            }
        }
        return own;
    }

    private static void make(Path file, Instant now) throws IOException, GeneralSecurityException {
        Set<String> names = SelfSigned.namesOfThisMachine();
        SelfSigned made = SelfSigned.create(names, now);
        write(file, made.key(), new Certificate[] {made.certificate()});
        LOG.info("Made a key and a self-signed certificate of this installation's own, " + file + ", for "
                + String.join(", ", names) + ", until "
                + made.certificate().getNotAfter().toInstant()
                + ". For one that browsers know see tls_certificate_file.");
    }

    /** Whether an own certificate ends within a month, or lasts longer than some take: older releases made such. */
    static boolean isToBeRenewed(X509Certificate own, Instant now) {
        Instant end = own.getNotAfter().toInstant();
        return now.isAfter(end.minus(RENEWED_BEFORE))
                || Duration.between(own.getNotBefore().toInstant(), end).compareTo(SelfSigned.LIFE.plusDays(2)) > 0;
    }

    /** What the server shows. */
    X509Certificate certificate() throws GeneralSecurityException {
        return (X509Certificate) load().getCertificate(ALIAS);
    }

    KeyStore load() throws GeneralSecurityException {
        return load(file, password, file + " cannot be opened");
    }

    private static TlsKeystore fromPem(Settings settings, Path work) throws IOException, GeneralSecurityException {
        Path certificateFile = settings.get(Keys.TLS_CERTIFICATE_FILE).orElseThrow();
        Path keyFile = settings.get(Keys.TLS_KEY_FILE).orElseThrow();
        Certificate[] chain = PemFiles.certificates(certificateFile);
        PrivateKey key = PemFiles.privateKey(keyFile);
        if (!belongTogether(key, chain[0])) {
            throw new SettingsException(
                    "The key in " + keyFile + " is not that of the first certificate in " + certificateFile + ".");
        }
        return copy(work, key, chain);
    }

    private static TlsKeystore fromKeystore(Settings settings, Path work) throws IOException, GeneralSecurityException {
        Path file = settings.get(Keys.TLS_KEYSTORE_FILE).orElseThrow();
        String password = settings.get(Keys.TLS_KEYSTORE_PASSWORD).reveal();
        KeyStore store = load(
                file,
                password,
                "tls_keystore_file: " + file + " cannot be opened as PKCS#12 with tls_keystore_password");
        KeyStore.PrivateKeyEntry entry = entry(store, password, "tls_keystore_file: " + file);
        return copy(work, entry.getPrivateKey(), entry.getCertificateChain());
    }

    private static TlsKeystore copy(Path work, PrivateKey key, Certificate[] chain)
            throws IOException, GeneralSecurityException {
        Path file = work.resolve("tls.p12");
        write(file, key, chain);
        return new TlsKeystore(file, PASSWORD);
    }

    private static KeyStore load(Path file, String password, String refusal) throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, password.toCharArray());
        } catch (FileSystemException e) {
            throw PemFiles.unreadable("tls_keystore_file", file, e);
        } catch (IOException e) {
            throw new SettingsException(refusal + ": " + e.getMessage() + ".", e);
        }
        return store;
    }

    private static KeyStore.PrivateKeyEntry entry(KeyStore store, String password, String name)
            throws GeneralSecurityException {
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                return (KeyStore.PrivateKeyEntry)
                        store.getEntry(alias, new KeyStore.PasswordProtection(password.toCharArray()));
            }
        }
        throw new SettingsException(name + " holds no private key.");
    }

    private static boolean belongTogether(PrivateKey key, Certificate certificate) throws GeneralSecurityException {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "EC" -> "SHA256withECDSA";
                    case "RSA" -> "SHA256withRSA";
                    default -> key.getAlgorithm();
                };
        byte[] probe = {1, 2, 3};
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(probe);
        byte[] signed = signature.sign();
        try {
            signature.initVerify(certificate.getPublicKey());
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Writes beside and renames, so that no half file is ever kept. */
    private static void write(Path file, PrivateKey key, Certificate[] chain)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(ALIAS, key, PASSWORD.toCharArray(), chain);
        Path part = Files.createTempFile(file.getParent(), "tls", ".tmp", ownerOnly());
        try (OutputStream out = Files.newOutputStream(part)) {
            store.store(out, PASSWORD.toCharArray());
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
