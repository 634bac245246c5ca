package org.reelcast.signalling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

class ClientLogsTest {
    private static final String BUSY = "192.0.2.1";

    private final List<String> lines = new ArrayList<>();
    private final ClientLogs logs = new ClientLogs((level, sentence) -> lines.add(sentence.get()), () -> 0);

    private void log(String remote, int count) {
        for (int i = 0; i < count; i++) {
            logs.of(remote).log(Level.INFO, () -> remote);
        }
    }

    private long linesOf(String remote) {
        return lines.stream().filter(remote::equals).count();
    }

    @Test
    void whoFillsTheLog_keepsNoOtherAddressFromIt() {
        log(BUSY, 1000);
        log("2001:db8::1", 1000);
        log("2001:db8::2", 1000);
        log("2001:db8:0:1::1", 1);
        log("127.0.0.1", 1);
        assertEquals(ClientLogs.AT_ONCE, linesOf(BUSY));
        assertEquals(ClientLogs.AT_ONCE, linesOf("2001:db8::1"));
        assertEquals(0, linesOf("2001:db8::2"), "one owner");
        assertEquals(1, linesOf("2001:db8:0:1::1"));
        assertEquals(1, linesOf("127.0.0.1"));
    }

    @Test
    void addressesThatWereHeardOfLast_areRemembered() {
        log(BUSY, 1000);
        for (int i = 0; i < 3 * ClientLogs.ADDRESSES; i++) {
            log("198.51." + i / 250 + "." + i % 250, 1);
            logs.of(BUSY);
        }
        log(BUSY, 1000);
        assertEquals(ClientLogs.AT_ONCE, linesOf(BUSY));
    }

    @Test
    void ofFaultsOneLineASecond() {
        for (int i = 0; i < 1000; i++) {
            logs.faultsOf(logs.of(BUSY)).log(Level.WARNING, () -> BUSY);
        }
        assertEquals(ClientLogs.AT_ONCE, linesOf(BUSY), "one client each");
        lines.clear();
        var faults = logs.faultsOf(logs.of("192.0.2.2"));
        for (int i = 0; i < 1000; i++) {
            faults.log(Level.WARNING, () -> BUSY);
        }
        assertEquals(1, lines.size());
    }
}
