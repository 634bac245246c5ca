package org.reelcast.webrtc.srtp.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;

/** The provider's constructors and methods, with {@code Object} for its classes, which are not public. */
record ProviderMembers(
        Constructor<?> aes,
        Constructor<?> counterMode,
        MethodHandle init,
        MethodHandle reset,
        MethodHandle encrypt,
        Constructor<?> ghash,
        Field powers,
        MethodHandle hash) {
    private static final String PROVIDER = "com.sun.crypto.provider.";

    /**
     * Counter mode and GHASH as all JDKs from 17 on have them.
     *
     * @param aes the class of the block cipher
     */
    static ProviderMembers find(String aes) throws ReflectiveOperationException {
        Class<?> cipher = Class.forName(PROVIDER + aes);
        Class<?> mode = Class.forName(PROVIDER + "CounterMode");
        Class<?> ghash = Class.forName(PROVIDER + "GHASH");
        Field powers = ghash.getDeclaredField("subkeyHtbl");
        powers.setAccessible(true);
        return new ProviderMembers(
                open(cipher.getDeclaredConstructor()),
                open(mode.getDeclaredConstructor(Class.forName(PROVIDER + "SymmetricCipher"))),
                handle(mode, void.class, "init", boolean.class, String.class, byte[].class, byte[].class),
                handle(mode, void.class, "reset"),
                handle(mode, int.class, "encrypt", byte[].class, int.class, int.class, byte[].class, int.class),
                open(ghash.getDeclaredConstructor(byte[].class)),
                powers,
                handle(
                        ghash,
                        void.class,
                        "processBlocks",
                        byte[].class,
                        int.class,
                        int.class,
                        long[].class,
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
        return handle.asType(
                handle.type().parameterCount() == parameters.length
                        ? type
                        : type.insertParameterTypes(0, Object.class));
    }
}
