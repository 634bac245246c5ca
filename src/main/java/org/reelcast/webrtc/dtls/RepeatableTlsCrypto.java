package org.reelcast.webrtc.dtls;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.AEADBlockCipher;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.gcm.BasicGCMMultiplier;
import org.bouncycastle.tls.crypto.TlsAgreement;
import org.bouncycastle.tls.crypto.TlsECConfig;
import org.bouncycastle.tls.crypto.TlsECDomain;
import org.bouncycastle.tls.crypto.TlsNonceGenerator;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * Bouncy Castle's crypto for one connection, which does the same again when its handshake is done again: random
 * numbers, key pairs, agreements and signatures are made once and remembered. For one thread at a time.
 *
 * <p>Its GHASH multiplier has no tables. They would take 20 KB of each viewer's memory, and a connection here carries a
 * handful of records in its life: filling them takes longer than they save.
 */
final class RepeatableTlsCrypto extends BcTlsCrypto {
    private final List<byte[]> nonces = new ArrayList<>();
    private final Map<Integer, RepeatableAgreement> agreements = new HashMap<>();
    private byte[] signedHash;
    private byte[] signature;

    /** What a signer does. */
    interface Signing {
        byte[] sign(byte[] hash) throws IOException;
    }

    RepeatableTlsCrypto(SecureRandom random) {
        super(random);
    }

    @Override
    public TlsNonceGenerator createNonceGenerator(byte[] additionalSeedMaterial) {
        return new TlsNonceGenerator() {
            private int next;

            @Override
            public byte[] generateNonce(int size) {
                if (next == nonces.size()) {
                    byte[] nonce = new byte[size];
                    getSecureRandom().nextBytes(nonce);
                    nonces.add(nonce);
                }
                return nonces.get(next++).clone();
            }
        };
    }

    @Override
    public TlsECDomain createECDomain(TlsECConfig config) {
        TlsECDomain domain = super.createECDomain(config);
        return new TlsECDomain() {
            @Override
            public TlsAgreement createECDH() {
                return agreements.computeIfAbsent(
                        config.getNamedGroup(), group -> new RepeatableAgreement(domain.createECDH()));
            }
        };
    }

    /** The signature of {@code hash}, made or remembered. */
    byte[] signature(byte[] hash, Signing signing) throws IOException {
        if (!Arrays.equals(hash, signedHash)) {
            signature = signing.sign(hash);
            signedHash = hash.clone();
        }
        return signature.clone();
    }

    @Override
    protected AEADBlockCipher createAEADBlockCipher_AES_GCM() {
        return GCMBlockCipher.newInstance(AESEngine.newInstance(), new BasicGCMMultiplier());
    }

    /** An agreement of which both the own value and what comes of the peer's are remembered. */
    private final class RepeatableAgreement implements TlsAgreement {
        private final TlsAgreement agreement;
        private byte[] ownValue;
        private byte[] peerValue;
        private byte[] secretOf;
        private byte[] secret;

        private RepeatableAgreement(TlsAgreement agreement) {
            this.agreement = agreement;
        }

        @Override
        public byte[] generateEphemeral() throws IOException {
            if (ownValue == null) {
                ownValue = agreement.generateEphemeral();
            }
            return ownValue.clone();
        }

        @Override
        public void receivePeerValue(byte[] value) throws IOException {
            if (!Arrays.equals(value, secretOf)) {
                agreement.receivePeerValue(value);
            }
            peerValue = value.clone();
        }

        @Override
        public TlsSecret calculateSecret() throws IOException {
            if (!Arrays.equals(peerValue, secretOf)) {
                secret = agreement.calculateSecret().extract();
                secretOf = peerValue;
            }
            return createSecret(secret.clone());
        }
    }
}
