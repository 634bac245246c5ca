package org.reelcast.boot;

/** Ends the server with the process that started it, when told to: Maven, stopped by a signal, would leave it behind. */
final class ParentWatch {
    private static final String PROPERTY = "reelcast.endsWithParent";

    private ParentWatch() {}

    /** To be called once, at the start. */
    static void start() {
        if (Boolean.getBoolean(PROPERTY)) {
            ProcessHandle.current().parent().ifPresent(parent -> whenEnded(parent, () -> System.exit(0)));
        }
    }

    static void whenEnded(ProcessHandle process, Runnable then) {
        process.onExit().thenRun(then);
    }
}
