package org.reelcast.webrtc.dtls;

import java.security.SecureRandom;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.AEADBlockCipher;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.gcm.BasicGCMMultiplier;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * Crypto of a connection that carries a handful of records in its life: multiplies without the tables that would take
 * 20 KB of each viewer's memory and longer to fill than they save.
 */
final class LeanCrypto extends BcTlsCrypto {

    LeanCrypto(SecureRandom random) {
        super(random);
    }

    @Override
    protected AEADBlockCipher createAEADBlockCipher_AES_GCM() {
        return GCMBlockCipher.newInstance(AESEngine.newInstance(), new BasicGCMMultiplier());
    }
}
