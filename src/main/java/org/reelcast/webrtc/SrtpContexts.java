package org.reelcast.webrtc;

import java.util.List;
import org.reelcast.webrtc.srtp.SrtpKeys;
import org.reelcast.webrtc.srtp.SrtpProfile;
import org.reelcast.webrtc.srtp.SrtpReceiver;
import org.reelcast.webrtc.srtp.SrtpSender;

/** Both directions' encryption as DTLS agreed on it, we as DTLS server. */
record SrtpContexts(SrtpProfile profile, SrtpSender sender, SrtpReceiver receiver) {
    /** AEAD_AES_128_GCM costs half of the other. */
    static final List<Integer> PREFERENCE =
            List.of(SrtpProfile.AEAD_AES_128_GCM.id(), SrtpProfile.AES128_CM_HMAC_SHA1_80.id());

    static SrtpContexts of(int profileId, byte[] material) {
        SrtpProfile profile = SrtpProfile.of(profileId);
        return new SrtpContexts(
                profile,
                new SrtpSender(SrtpKeys.fromDtls(profile, material, false)),
                new SrtpReceiver(SrtpKeys.fromDtls(profile, material, true)));
    }

    static int materialLength(int profileId) {
        return SrtpProfile.of(profileId).materialLength();
    }
}
