package org.reelcast.storage.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class NameLookupTest {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    @AfterEach
    void letGo() {
        closed.countDown();
    }

    private void resolve(String host) throws UnknownHostException {
        asked.add(host);
        if (host.startsWith("unknown")) {
            throw new UnknownHostException(host);
        }
        if (host.startsWith("slow")) {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void knownName_isAskedForOnce_addressNever() {
        try (NameLookup names = new NameLookup(10_000, this::resolve)) {
            names.find("store.example").join();
            assertTrue(names.find("store.example").isDone());
            assertTrue(names.find("10.0.0.1").isDone());
            assertEquals(List.of("store.example"), asked);
        }
    }

    @Test
    void unknownName_isToldAndAskedForAgain() {
        try (NameLookup names = new NameLookup(10_000, this::resolve)) {
            for (int i = 0; i < 2; i++) {
                CompletionException told = assertThrows(CompletionException.class, names.find("unknown.example")::join);
                assertInstanceOf(UnknownHostException.class, told.getCause());
            }
            assertEquals(2, asked.size());
        }
    }

    @Test
    void slowNames_areGivenUpAndHoldNobodyUp() {
        try (NameLookup names = new NameLookup(100, this::resolve);
                NameLookup patient = new NameLookup(20_000, this::resolve)) {
            CompletionException told = assertThrows(CompletionException.class, names.find("slow.example")::join);
            assertInstanceOf(ConnectException.class, told.getCause());
            for (int i = 0; i < 10; i++) {
                patient.find("slow" + i + ".example");
            }
            patient.find("store.example").join();
        }
    }
}
