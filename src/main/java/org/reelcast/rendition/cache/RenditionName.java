package org.reelcast.rendition.cache;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.reelcast.storage.SourceId;

/** Names what is made of one state of one file in one way: another size, time or setting is another name. */
public final class RenditionName {
    private static final int HASH_BYTES = 16;

    private RenditionName() {}

    /**
     * @param how kind and parameters, fit for a file name
     * @return fit for a folder's name
     */
    public static String of(SourceId id, String how) {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            String state = id.location() + '\n' + id.size() + '\n' + id.version();
            byte[] digest = hash.digest(state.getBytes(StandardCharsets.UTF_8));
            return how + "-" + HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
