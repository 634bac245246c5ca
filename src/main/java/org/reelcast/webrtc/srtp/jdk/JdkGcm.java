package org.reelcast.webrtc.srtp.jdk;

import java.lang.reflect.InaccessibleObjectException;
import java.util.Optional;

/**
 * The two parts of which Java's own provider makes AES-GCM: counter mode and GHASH. Both can be used when the process
 * was started with {@code --add-opens java.base/com.sun.crypto.provider=ALL-UNNAMED}, as the uber-jar is. Method
 * handles in constants: the JIT calls through them as directly as the provider does.
 */
public final class JdkGcm {
    private static final String OPTION = "--add-opens=java.base/com.sun.crypto.provider=ALL-UNNAMED";
    private static final Choice CHOICE = choose();
    private static final ProviderMembers PARTS = CHOICE.parts();

    /** @param whyNot null when there are parts */
    private record Choice(JdkAdapter adapter, ProviderMembers parts, String whyNot) {}

    private JdkGcm() {}

    private static Choice choose() {
        String whyNot = "this Java makes AES-GCM otherwise than those known here; run the server by Java 17 to 25";
        for (JdkAdapter adapter : JdkAdapter.values()) {
            try {
                return new Choice(adapter, adapter.find(), null);
            } catch (InaccessibleObjectException e) {
                whyNot = "Java was not started with " + OPTION;
            } catch (ReflectiveOperationException e) {
                // the next adapter's JDK, perhaps
            }
        }
        return new Choice(null, null, whyNot);
    }

    /** The adapter in use, {@code JDK_17} for all from 17 to 25; empty when this Java has or gives no such parts. */
    public static Optional<String> adapter() {
        return Optional.ofNullable(CHOICE.adapter()).map(JdkAdapter::name);
    }

    /** Why there is no adapter, with what helps; a clause. */
    public static String whyNot() {
        return CHOICE.whyNot();
    }

    /**
     * AES in counter mode.
     *
     * @param start the first counter block; kept, and read at each {@link #reset}
     */
    public static Object counterMode(byte[] key, byte[] start) {
        try {
            Object mode = PARTS.counterMode().newInstance(PARTS.aes().newInstance());
            PARTS.init().invokeExact(mode, false, "AES", key, start);
            return mode;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Back to the first counter block. */
    public static void reset(Object counterMode) {
        try {
            PARTS.reset().invokeExact(counterMode);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** The next {@code length} bytes of key stream over {@code b}; only the last piece may end within a block. */
    public static void encrypt(Object counterMode, byte[] b, int off, int length) {
        try {
            int done = (int) PARTS.encrypt().invokeExact(counterMode, b, off, length, b, off);
            assert done == length;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** The table that {@link #hash} wants, and fills as it goes. @param hashKey the cipher's output for a zero block */
    public static long[] powers(byte[] hashKey) {
        try {
            return (long[]) PARTS.powers().get(PARTS.ghash().newInstance((Object) hashKey));
        } catch (ReflectiveOperationException e) {
            throw unexpected(e);
        }
    }

    /** GHASH of so many blocks, which must be there: it is not checked. @param state two longs, changed */
    public static void hash(byte[] b, int off, int blocks, long[] state, long[] powers) {
        if (blocks > 0) {
            try {
                PARTS.hash().invokeExact(b, off, blocks, state, powers);
            } catch (Throwable e) {
                throw unexpected(e);
            }
        }
    }

    private static IllegalStateException unexpected(Throwable e) {
        return new IllegalStateException("Java's AES-GCM is made otherwise than it was at the start", e);
    }
}
