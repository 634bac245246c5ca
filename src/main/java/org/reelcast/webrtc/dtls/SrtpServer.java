package org.reelcast.webrtc.dtls;

import java.io.IOException;
import java.util.Hashtable;
import java.util.Vector;
import java.util.function.Predicate;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;

/** Our side of one attempt at a DTLS 1.2 handshake with use_srtp (RFC 5764); Bouncy Castle calls it back. */
final class SrtpServer extends DefaultTlsServer {
    private static final int[] SUITES = {
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA
    };

    private final DtlsOptions options;
    private final RepeatableTlsCrypto crypto;
    private final Predicate<byte[]> isPeer;
    private final Runnable onGone;
    private int profile;
    private byte[] material;
    private boolean fingerprintWrong;

    /**
     * @param crypto the connection's
     * @param isPeer whether a certificate (DER) is the one that signalling announced
     * @param onGone called when the peer's alert ends the connection
     */
    SrtpServer(DtlsOptions options, RepeatableTlsCrypto crypto, Predicate<byte[]> isPeer, Runnable onGone) {
        super(crypto);
        this.options = options;
        this.crypto = crypto;
        this.isPeer = isPeer;
        this.onGone = onGone;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return TlsUtils.getSupportedCipherSuites(getCrypto(), SUITES);
    }

    @Override
    public int getHandshakeTimeoutMillis() {
        // an attempt takes no time, and who waits for the next one has a clock
        return 0;
    }

    @Override
    protected TlsCredentialedSigner getECDSASignerCredentials() {
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                crypto,
                options.certificate().key(),
                options.certificate().chain(),
                SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa)) {
            @Override
            public byte[] generateRawSignature(byte[] hash) throws IOException {
                return crypto.signature(hash, super::generateRawSignature);
            }
        };
    }

    @Override
    public CertificateRequest getCertificateRequest() {
        Vector<SignatureAndHashAlgorithm> algorithms = new Vector<>();
        for (short hash : new short[] {HashAlgorithm.sha256, HashAlgorithm.sha384, HashAlgorithm.sha512}) {
            algorithms.add(SignatureAndHashAlgorithm.getInstance(hash, SignatureAlgorithm.ecdsa));
            algorithms.add(SignatureAndHashAlgorithm.getInstance(hash, SignatureAlgorithm.rsa));
        }
        return new CertificateRequest(
                new short[] {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign}, algorithms, null);
    }

    @Override
    public void notifyClientCertificate(Certificate chain) throws IOException {
        if (chain.isEmpty() || !isPeer.test(chain.getCertificateAt(0).getEncoded())) {
            fingerprintWrong = true;
            throw new TlsFatalAlert(AlertDescription.bad_certificate);
        }
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void processClientExtensions(Hashtable extensions) throws IOException {
        super.processClientExtensions(extensions);
        UseSRTPData offered = TlsSRTPUtils.getUseSRTPExtension(extensions);
        if (offered != null) {
            for (int preferred : options.srtpProfiles()) {
                for (int one : offered.getProtectionProfiles()) {
                    if (one == preferred && profile == 0) {
                        profile = one;
                    }
                }
            }
        }
        if (profile == 0) {
            // RFC 5764 section 4.1.2 lets a server go on without; here there would be nothing to send
            throw new TlsFatalAlert(AlertDescription.handshake_failure, "No common SRTP protection profile");
        }
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public Hashtable getServerExtensions() throws IOException {
        Hashtable extensions = super.getServerExtensions();
        extensions = extensions == null ? new Hashtable() : extensions;
        TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(new int[] {profile}, TlsUtils.EMPTY_BYTES));
        return extensions;
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        // RFC 5764 section 4.2
        material = context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, options.materialLength(profile));
    }

    @Override
    public void notifyAlertReceived(short level, short description) {
        if (level == AlertLevel.fatal || description == AlertDescription.close_notify) {
            onGone.run();
        }
    }

    /** The chosen protection profile's number. */
    int profile() {
        return profile;
    }

    byte[] material() {
        return material;
    }

    boolean isFingerprintWrong() {
        return fingerprintWrong;
    }
}
