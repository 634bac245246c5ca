package org.reelcast.webrtc.dtls;

import java.io.IOException;
import java.security.SecureRandom;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.tls.DigitallySigned;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.crypto.TlsAgreement;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsECConfig;
import org.bouncycastle.tls.crypto.TlsECDomain;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.bouncycastle.tls.crypto.TlsStreamVerifier;
import org.bouncycastle.tls.crypto.TlsVerifier;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsECDomain;

/**
 * A load client's key exchange: one key pair for all handshakes, and the server's signature goes unchecked. The server
 * does all that it does for a browser; the client does a fraction, so that it does not stand in the way.
 */
final class CheapCrypto extends BcTlsCrypto {
    private static final byte[] PRIVATE = new byte[X25519.SCALAR_SIZE];
    private static final byte[] PUBLIC = new byte[X25519.POINT_SIZE];
    private static volatile AsymmetricCipherKeyPair pair;

    static {
        X25519.generatePrivateKey(new SecureRandom(), PRIVATE);
        X25519.generatePublicKey(PRIVATE, 0, PUBLIC, 0);
    }

    CheapCrypto(SecureRandom random) {
        super(random);
    }

    @Override
    public TlsCertificate createCertificate(short type, byte[] encoding) throws IOException {
        return new BcTlsCertificate(this, encoding) {
            @Override
            public TlsVerifier createVerifier(short signatureAlgorithm) {
                return new Trusting();
            }
        };
    }

    @Override
    public TlsECDomain createECDomain(TlsECConfig config) {
        if (config.getNamedGroup() == NamedGroup.x25519) {
            return () -> new FixedX25519(this);
        }
        return new BcTlsECDomain(this, config) {
            @Override
            public AsymmetricCipherKeyPair generateKeyPair() {
                pair = pair == null ? super.generateKeyPair() : pair;
                return pair;
            }
        };
    }

    private static final class Trusting implements TlsVerifier {
        @Override
        public TlsStreamVerifier getStreamVerifier(DigitallySigned signed) {
            return null;
        }

        @Override
        public boolean verifyRawSignature(DigitallySigned signed, byte[] hash) {
            return true;
        }
    }

    private static final class FixedX25519 implements TlsAgreement {
        private final CheapCrypto crypto;
        private byte[] peer;

        private FixedX25519(CheapCrypto crypto) {
            this.crypto = crypto;
        }

        @Override
        public byte[] generateEphemeral() {
            return PUBLIC.clone();
        }

        @Override
        public void receivePeerValue(byte[] value) {
            peer = value.clone();
        }

        @Override
        public TlsSecret calculateSecret() {
            byte[] secret = new byte[X25519.POINT_SIZE];
            X25519.calculateAgreement(PRIVATE, 0, peer, 0, secret, 0);
            return crypto.createSecret(secret);
        }
    }
}
