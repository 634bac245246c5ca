package org.reelcast.webrtc.dtls;

import java.util.List;
import java.util.Vector;
import java.util.function.Predicate;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.TlsCredentials;

/** {@link DtlsClient} for hundreds of handshakes a second on a machine that the server needs for itself. */
public final class CheapDtlsClient extends DtlsClient {
    private final CheapSigner signer;

    /** @param isPeer whether a certificate (DER) is the server's */
    public CheapDtlsClient(DtlsOptions options, Predicate<byte[]> isPeer) {
        super(new CheapCrypto(options.random()), options, isPeer);
        this.signer = new CheapSigner(options.certificate());
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return new int[] {
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
        };
    }

    /** As browsers offer, those of the future left out. */
    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    protected Vector getSupportedGroups(Vector roles) {
        return new Vector(List.of(NamedGroup.x25519, NamedGroup.secp256r1));
    }

    @Override
    TlsCredentials credentials() {
        return signer;
    }
}
