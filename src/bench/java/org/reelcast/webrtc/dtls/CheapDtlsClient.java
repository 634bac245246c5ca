package org.reelcast.webrtc.dtls;

import java.io.IOException;
import java.util.Hashtable;
import java.util.List;
import java.util.Vector;
import java.util.function.Predicate;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;

/** {@link DtlsClient} for hundreds of handshakes a second on a machine that the server needs for itself. */
public final class CheapDtlsClient extends DefaultTlsClient {
    private final DtlsOptions options;
    private final CheapSigner signer;
    private final Predicate<byte[]> isPeer;
    private int profile;
    private byte[] material;

    /** @param isPeer whether a certificate (DER) is the server's */
    public CheapDtlsClient(DtlsOptions options, Predicate<byte[]> isPeer) {
        super(new CheapCrypto(options.random()));
        this.options = options;
        this.isPeer = isPeer;
        this.signer = new CheapSigner(options.certificate());
    }

    /** Shakes hands; blocks until it is done. @throws IOException when it fails */
    public void connect(DatagramQueue queue) throws IOException {
        new DTLSClientProtocol().connect(this, queue);
        queue.stopWaiting();
    }

    /** The number of the protection profile that the server chose. */
    public int profile() {
        return profile;
    }

    /** The keying material for SRTP. */
    public byte[] material() {
        return material;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return new int[] {CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
            CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256};
    }

    /** As browsers offer, those of the future left out. */
    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    protected Vector getSupportedGroups(Vector roles) {
        return new Vector(List.of(NamedGroup.x25519, NamedGroup.secp256r1));
    }

    @Override
    public int getHandshakeTimeoutMillis() {
        return options.timeoutMs();
    }

    @Override
    public int getHandshakeResendTimeMillis() {
        return options.resendMs();
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public Hashtable getClientExtensions() throws IOException {
        Hashtable extensions = super.getClientExtensions();
        extensions = extensions == null ? new Hashtable() : extensions;
        int[] profiles = options.srtpProfiles().stream().mapToInt(Integer::intValue).toArray();
        TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(profiles, TlsUtils.EMPTY_BYTES));
        return extensions;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void processServerExtensions(Hashtable extensions) throws IOException {
        super.processServerExtensions(extensions);
        UseSRTPData chosen = TlsSRTPUtils.getUseSRTPExtension(extensions);
        if (chosen == null || chosen.getProtectionProfiles().length != 1) {
            throw new TlsFatalAlert(AlertDescription.illegal_parameter);
        }
        profile = chosen.getProtectionProfiles()[0];
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate certificate) throws IOException {
                if (!isPeer.test(certificate.getCertificate().getCertificateAt(0).getEncoded())) {
                    throw new TlsFatalAlert(AlertDescription.bad_certificate);
                }
            }

            @Override
            public TlsCredentials getClientCredentials(CertificateRequest request) {
                return signer;
            }
        };
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        material = context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, options.materialLength(profile));
    }
}
