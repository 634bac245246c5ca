package org.reelcast.webrtc.srtp;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.logging.Logger;

/**
 * Internal classes of Java's own provider that AES-GCM is made of: counter mode and GHASH. Both can be used when the
 * process was started with {@code --add-opens java.base/com.sun.crypto.provider=ALL-UNNAMED}, as the uber-jar is.
 * Method handles in constants: the JIT calls through them as directly as the provider does.
 */
final class JdkGcmInternals {
    /** Whether this Java has them and lets us use them. */
    static final boolean FOUND;

    private static final Logger LOG = Logger.getLogger(JdkGcmInternals.class.getName());
    private static final String PROVIDER = "com.sun.crypto.provider.";
    private static final Found PARTS;

    static {
        Found found = null;
        try {
            found = Found.find();
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.info("Packets are encrypted by JCE as it is, with more garbage; --add-opens "
                    + "java.base/com.sun.crypto.provider=ALL-UNNAMED spares that: " + e.getMessage());
        }
        PARTS = found;
        FOUND = found != null;
    }

    /** The provider's constructors and methods, with {@code Object} for its classes, which are not public. */
    private record Found(Constructor<?> aes, Constructor<?> counterMode, MethodHandle init, MethodHandle reset,
            MethodHandle encrypt, Constructor<?> ghash, Field powers, MethodHandle hash) {

        static Found find() throws ReflectiveOperationException {
            Class<?> mode = Class.forName(PROVIDER + "CounterMode");
            Class<?> ghash = Class.forName(PROVIDER + "GHASH");
            Field powers = ghash.getDeclaredField("subkeyHtbl");
            powers.setAccessible(true);
            return new Found(open(Class.forName(PROVIDER + "AESCrypt").getDeclaredConstructor()),
                    open(mode.getDeclaredConstructor(Class.forName(PROVIDER + "SymmetricCipher"))),
                    handle(mode, void.class, "init", boolean.class, String.class, byte[].class, byte[].class),
                    handle(mode, void.class, "reset"),
                    handle(mode, int.class, "encrypt", byte[].class, int.class, int.class, byte[].class, int.class),
                    open(ghash.getDeclaredConstructor(byte[].class)), powers,
                    handle(ghash, void.class, "processBlocks", byte[].class, int.class, int.class, long[].class,
                            long[].class));
        }

        private static Constructor<?> open(Constructor<?> constructor) {
            constructor.setAccessible(true);
            return constructor;
        }

        private static MethodHandle handle(Class<?> of, Class<?> result, String name, Class<?>... parameters)
                throws ReflectiveOperationException {
            Method method = of.getDeclaredMethod(name, parameters);
            method.setAccessible(true);
            MethodHandle handle = MethodHandles.lookup().unreflect(method);
            MethodType type = MethodType.methodType(result, parameters);
            return handle.asType(handle.type().parameterCount() == parameters.length ? type
                    : type.insertParameterTypes(0, Object.class));
        }
    }

    private JdkGcmInternals() {
    }

    /**
     * AES in counter mode.
     *
     * @param start the first counter block; kept, and read at each {@link #reset}
     */
    static Object counterMode(byte[] key, byte[] start) {
        try {
            Object mode = PARTS.counterMode().newInstance(PARTS.aes().newInstance());
            PARTS.init().invokeExact(mode, false, "AES", key, start);
            return mode;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Back to the first counter block. */
    static void reset(Object counterMode) {
        try {
            PARTS.reset().invokeExact(counterMode);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** The next {@code length} bytes of key stream over {@code b}; only the last piece may end within a block. */
    static void encrypt(Object counterMode, byte[] b, int off, int length) {
        try {
            int done = (int) PARTS.encrypt().invokeExact(counterMode, b, off, length, b, off);
            assert done == length;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** The table that {@link #hash} wants, and fills as it goes. @param hashKey the cipher's output for a zero block */
    static long[] powers(byte[] hashKey) {
        try {
            return (long[]) PARTS.powers().get(PARTS.ghash().newInstance((Object) hashKey));
        } catch (ReflectiveOperationException e) {
            throw unexpected(e);
        }
    }

    /** GHASH of so many blocks, which must be there: it is not checked. @param state two longs, changed */
    static void hash(byte[] b, int off, int blocks, long[] state, long[] powers) {
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
