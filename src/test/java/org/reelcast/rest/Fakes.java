package org.reelcast.rest;

import java.lang.reflect.Proxy;

/** Stand-ins for interfaces of the container, of which a test answers the few calls that matter to it. */
final class Fakes {
    private Fakes() {}

    /** Answers a call; what it gives for one without a result is ignored. */
    interface Calls {
        Object on(String method, Object[] arguments);
    }

    static <T> T fake(Class<T> type, Calls calls) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
            Object result = calls.on(method.getName(), given);
            return method.getReturnType() == void.class ? null : result;
        }));
    }
}
