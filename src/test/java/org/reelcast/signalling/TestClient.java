package org.reelcast.signalling;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;

/** A client that has no socket: what it is told and what the log is told of it goes to the test. */
public final class TestClient implements Client {
    private final Consumer<String> told;
    private final Consumer<String> logged;
    private final MediaSockets sockets = new MediaSockets();

    public TestClient(Consumer<String> told, Consumer<String> logged) {
        this.told = told;
        this.logged = logged;
    }

    @Override
    public void send(String text) {
        told.accept(text);
    }

    @Override
    public MediaSockets mediaSockets() {
        return sockets;
    }

    @Override
    public String address() {
        return "test";
    }

    @Override
    public void log(Level level, Supplier<String> sentence) {
        logged.accept(sentence.get());
    }

    @Override
    public String login() {
        return "";
    }

    @Override
    public Executor shareOf(Executor executor) {
        return executor;
    }

    @Override
    public boolean begin() {
        throw new AssertionError("nothing is made at once");
    }

    @Override
    public void done() {
        throw new AssertionError("nothing is made at once");
    }
}
