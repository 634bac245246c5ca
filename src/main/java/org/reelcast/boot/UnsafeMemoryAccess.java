package org.reelcast.boot;

import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The option {@code --sun-misc-unsafe-memory-access=allow} of Java 24 and later (JEP 498), which a jar's manifest cannot
 * give. Without it Java prints a warning about Netty at each start, and is to refuse Netty its way to memory one day.
 * Whoever gives Java the option is obeyed instead.
 */
final class UnsafeMemoryAccess {
    private static final Logger LOG = Logger.getLogger(UnsafeMemoryAccess.class.getName());
    private static final String OPTION = "sun.misc.unsafe.memory.access";
    private static final int FIRST_TO_WARN = 24;

    private UnsafeMemoryAccess() {}

    /** To be called before {@code sun.misc.Unsafe} is first used, which looks at the option once. */
    static void allow() {
        if (Runtime.version().feature() < FIRST_TO_WARN) {
            return;
        }
        try {
            Field options = Class.forName("jdk.internal.misc.VM").getDeclaredField("savedProps");
            options.setAccessible(true);
            Map<Object, Object> all = new HashMap<>((Map<?, ?>) options.get(null));
            all.putIfAbsent(OPTION, "allow");
            options.set(null, Map.copyOf(all));
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.FINE, "Java keeps its warning about memory", e);
        }
    }
}
