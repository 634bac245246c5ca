package org.reelcast.webrtc.dtls;

import java.io.IOException;
import java.util.Hashtable;
import java.util.function.Predicate;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCrypto;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** The other side of {@link SrtpServer}: for the warm-up at start, and for clients that test and load the server. */
public class DtlsClient extends DefaultTlsClient {
    private final DtlsOptions options;
    private final Predicate<byte[]> isPeer;
    private int profile;
    private byte[] material;
    private volatile boolean closedByServer;

    /** @param isPeer whether a certificate (DER) is the server's */
    public DtlsClient(DtlsOptions options, Predicate<byte[]> isPeer) {
        this(new BcTlsCrypto(options.random()), options, isPeer);
    }

    DtlsClient(TlsCrypto crypto, DtlsOptions options, Predicate<byte[]> isPeer) {
        super(crypto);
        this.options = options;
        this.isPeer = isPeer;
    }

    /**
     * Shakes hands; blocks until it is done.
     *
     * @throws IOException when it fails
     */
    public DTLSTransport connect(DatagramQueue queue) throws IOException {
        DTLSTransport transport = connect((DatagramTransport) queue);
        queue.stopWaiting();
        return transport;
    }

    /** The same over anything else that carries datagrams. */
    public DTLSTransport connect(DatagramTransport datagrams) throws IOException {
        return new DTLSClientProtocol().connect(this, datagrams);
    }

    /** The number of the protection profile that the server chose. */
    public int profile() {
        return profile;
    }

    /** The keying material for SRTP. */
    public byte[] material() {
        return material;
    }

    /** Whether the server said close_notify. */
    public boolean isClosedByServer() {
        return closedByServer;
    }

    @Override
    public void notifyAlertReceived(short level, short description) {
        closedByServer |= description == AlertDescription.close_notify;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return new int[] {CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256};
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
        int[] profiles =
                options.srtpProfiles().stream().mapToInt(Integer::intValue).toArray();
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
                if (!isPeer.test(
                        certificate.getCertificate().getCertificateAt(0).getEncoded())) {
                    throw new TlsFatalAlert(AlertDescription.bad_certificate);
                }
            }

            @Override
            public TlsCredentials getClientCredentials(CertificateRequest request) {
                return credentials();
            }
        };
    }

    /** What it shows the server of itself. */
    TlsCredentials credentials() {
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                (BcTlsCrypto) getCrypto(),
                options.certificate().key(),
                options.certificate().chain(),
                SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        material = context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, options.materialLength(profile));
    }
}
