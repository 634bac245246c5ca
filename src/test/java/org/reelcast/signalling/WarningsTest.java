package org.reelcast.signalling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class WarningsTest {
    private final List<String> lines = new ArrayList<>();
    private final Logger log = Logger.getAnonymousLogger();
    private long nowMs;
    private final Warnings warnings = new Warnings(log, () -> nowMs);

    WarningsTest() {
        log.setUseParentHandlers(false);
        log.addHandler(new Handler() {
            @Override
            public void publish(LogRecord event) {
                lines.add(event.getMessage());
            }

            @Override
            public void flush() {
                // nothing is kept back
            }

            @Override
            public void close() {
                // nothing is open
            }
        });
    }

    @Test
    void oneASecond_andHowManyWereLeftOut() {
        for (int i = 0; i < 2000; i++) {
            int number = i;
            warnings.warn(() -> "junk " + number);
            nowMs++;
        }
        nowMs += 1000;
        warnings.warn(() -> "more");
        assertEquals(
                List.of(
                        "junk 0",
                        "junk 1000 (999 such lines before it were left out)",
                        "more (999 such lines before it were left out)"),
                lines);
    }
}
