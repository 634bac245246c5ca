package org.reelcast.webrtc.dtls;

import java.io.IOException;
import java.math.BigInteger;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.crypto.TlsStreamSigner;

/**
 * ECDSA with the same secret number for all signatures, which gives the key away and costs next to nothing: for a
 * client of load, whose key is worth nothing.
 */
final class CheapSigner implements TlsCredentialedSigner {
    private final Certificate chain;
    private final BigInteger order;
    private final BigInteger r;
    private final BigInteger inverse;
    private final BigInteger product;

    CheapSigner(DtlsCertificate certificate) {
        chain = certificate.chain();
        ECPrivateKeyParameters key = (ECPrivateKeyParameters) certificate.key();
        order = key.getParameters().getN();
        BigInteger number = BigInteger.valueOf(4711);
        r = key.getParameters()
                .getG()
                .multiply(number)
                .normalize()
                .getAffineXCoord()
                .toBigInteger()
                .mod(order);
        inverse = number.modInverse(order);
        product = r.multiply(key.getD()).mod(order);
    }

    @Override
    public byte[] generateRawSignature(byte[] hash) throws IOException {
        BigInteger s = new BigInteger(1, hash).add(product).multiply(inverse).mod(order);
        return StandardDSAEncoding.INSTANCE.encode(order, r, s);
    }

    @Override
    public SignatureAndHashAlgorithm getSignatureAndHashAlgorithm() {
        return SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa);
    }

    @Override
    public TlsStreamSigner getStreamSigner() {
        return null;
    }

    @Override
    public Certificate getCertificate() {
        return chain;
    }
}
