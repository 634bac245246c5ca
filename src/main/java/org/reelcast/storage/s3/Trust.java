package org.reelcast.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import software.amazon.awssdk.http.TlsTrustManagersProvider;

/** Whose certificates are believed. */
final class Trust {

    private Trust() {}

    /**
     * Java's own authorities and those of a file.
     *
     * @param file PEM
     * @throws IOException when there are none in it; the message is a sentence
     */
    static TlsTrustManagersProvider withFile(Path file) throws IOException {
        try (InputStream pem = Files.newInputStream(file)) {
            KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
            all.load(null, null);
            int n = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                all.setCertificateEntry("file-" + n++, certificate);
            }
            if (n == 0) {
                throw new IOException("s3_ca_file=" + file + " holds no certificate");
            }
            for (TrustManager manager : managers(null)) {
                if (manager instanceof X509TrustManager own) {
                    for (Certificate certificate : own.getAcceptedIssuers()) {
                        all.setCertificateEntry("java-" + n++, certificate);
                    }
                }
            }
            TrustManager[] managers = managers(all);
            return () -> managers;
        } catch (GeneralSecurityException e) {
            throw new IOException("s3_ca_file=" + file + " is not a PEM file of certificates: " + e.getMessage(), e);
        }
    }

    private static TrustManager[] managers(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
