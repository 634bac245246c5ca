package org.reelcast.bench.load;

import java.io.Closeable;
import java.security.SecureRandom;
import java.util.List;
import org.reelcast.webrtc.client.RemoteParameters;
import org.reelcast.webrtc.dtls.CheapDtlsClient;
import org.reelcast.webrtc.dtls.DtlsCertificate;
import org.reelcast.webrtc.dtls.DtlsOptions;
import org.reelcast.webrtc.dtls.DtlsPool;
import org.reelcast.webrtc.srtp.SrtpProfile;

/** What all viewers of the load share: a loop, a certificate, threads for handshakes. */
final class LoadNetwork implements Closeable {
    private static final int HANDSHAKE_LIMIT_MS = 20_000;
    private static final int RESEND_MS = 200;

    private final LoadLoop loop;
    private final DtlsPool pool = new DtlsPool(64);
    private final DtlsOptions dtls;

    LoadNetwork(boolean runs) {
        loop = new LoadLoop(runs);
        SecureRandom random = new SecureRandom();
        dtls = new DtlsOptions(
                DtlsCertificate.create(random),
                random,
                List.of(7, 1),
                profile -> SrtpProfile.of(profile).materialLength(),
                HANDSHAKE_LIMIT_MS,
                RESEND_MS);
    }

    LoadLoop loop() {
        return loop;
    }

    DtlsPool pool() {
        return pool;
    }

    DtlsOptions dtls() {
        return dtls;
    }

    CheapDtlsClient dtlsClient(RemoteParameters server) {
        return new CheapDtlsClient(dtls, server::isCertificate);
    }

    @Override
    public void close() {
        pool.close();
        loop.close();
    }
}
