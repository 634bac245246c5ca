package org.reelcast.bench.floor;

import java.security.GeneralSecurityException;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.reelcast.webrtc.srtp.SrtpKeys;
import org.reelcast.webrtc.srtp.SrtpProfile;
import org.reelcast.webrtc.srtp.SrtpSender;

/** One destination of the floor: a key, sequence numbers, nothing more. */
final class FloorViewer {
    private static final int HEADER = 12;
    private static final int TAG = 16;
    private static final byte[] FILM = new byte[16 * 1500];

    static {
        new Random(1).nextBytes(FILM);
    }

    private final RunSender sender;
    private final int port;
    private final byte[] run = new byte[FILM.length];
    private final byte[] nonce = new byte[12];
    private final SecretKeySpec key;
    private final Cipher cipher;
    /** Null where JCE encrypts. */
    private final SrtpSender lean;

    private final int[] sequences = new int[128];
    private int count;

    FloorViewer(RunSender sender, int port, boolean lean) {
        this.sender = sender;
        this.port = port;
        byte[] bytes = new byte[16];
        new Random(port).nextBytes(bytes);
        key = new SecretKeySpec(bytes, "AES");
        this.lean = !lean
                ? null
                : new SrtpSender(new SrtpKeys(SrtpProfile.AEAD_AES_128_GCM, bytes, new byte[nonce.length]));
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has AES-GCM", e);
        }
    }

    /** Sends so many packets of one length as a run. */
    void send(int type, int packets, int payload, int timestamp) {
        int length = 0;
        for (int i = 0; i < packets; i++) {
            length += packet(length, type, payload, timestamp, i * payload);
        }
        sender.add(run, length, length / packets, port);
    }

    void encryptOnly() {
        packet(0, 96, 1000, 0, 0);
    }

    private int packet(int at, int type, int payload, int timestamp, int from) {
        int sequence = sequences[type]++;
        run[at] = (byte) 0x80;
        run[at + 1] = (byte) type;
        run[at + 2] = (byte) (sequence >> 8);
        run[at + 3] = (byte) sequence;
        putInt(run, at + 4, timestamp);
        putInt(run, at + 8, type);
        System.arraycopy(FILM, from, run, at + HEADER, payload);
        if (lean != null) {
            return lean.protectRtp(run, at, HEADER + payload);
        }
        putInt(nonce, 4, count++);
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG * 8, nonce));
            cipher.updateAAD(run, at, HEADER);
            return HEADER + cipher.doFinal(run, at + HEADER, payload, run, at + HEADER);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void putInt(byte[] b, int at, int value) {
        b[at] = (byte) (value >> 24);
        b[at + 1] = (byte) (value >> 16);
        b[at + 2] = (byte) (value >> 8);
        b[at + 3] = (byte) value;
    }
}
