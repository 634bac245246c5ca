package org.reelcast.output.push;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The authorities that Java trusts, as a file for OpenSSL, which was built to look for its own elsewhere. */
final class TrustedAuthorities {
    private static final int LINE = 64;

    private static Path file;

    private TrustedAuthorities() {}

    /** A file of this process's own, made at the first call and gone with it. */
    static synchronized Path file() throws IOException {
        if (file == null) {
            file = write();
        }
        return file;
    }

    private static Path write() throws IOException {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            StringBuilder pem = new StringBuilder();
            Base64.Encoder base64 = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII));
            for (TrustManager manager : factory.getTrustManagers()) {
                for (X509Certificate authority : ((X509TrustManager) manager).getAcceptedIssuers()) {
                    pem.append("-----BEGIN CERTIFICATE-----\n")
                            .append(base64.encodeToString(authority.getEncoded()))
                            .append("\n-----END CERTIFICATE-----\n");
                }
            }
            Path made = Files.createTempFile("reelcast-authorities-", ".pem");
            made.toFile().deleteOnExit();
            return Files.writeString(made, pem);
        } catch (GeneralSecurityException e) {
            throw new IOException("The authorities that Java trusts cannot be read: " + e.getMessage(), e);
        }
    }
}
