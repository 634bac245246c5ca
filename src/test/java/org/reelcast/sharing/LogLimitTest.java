package org.reelcast.sharing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

class LogLimitTest {
    private final List<String> lines = new ArrayList<>();
    private long nowMs;

    private LogLimit limit(int atOnce) {
        return new LogLimit((level, sentence) -> lines.add(sentence.get()), atOnce, () -> nowMs);
    }

    @Test
    void oneASecond_andHowManyWereLeftOut() {
        LogLimit limit = limit(1);
        for (int i = 0; i < 2000; i++) {
            int number = i;
            limit.log(Level.INFO, () -> "junk " + number);
            nowMs++;
        }
        nowMs += 1000;
        limit.log(Level.INFO, () -> "more");
        assertEquals(
                List.of(
                        "junk 0",
                        "junk 1000 (999 such lines before it were left out)",
                        "more (999 such lines before it were left out)"),
                lines);
    }

    @Test
    void someAtOnce_thenOneASecond_andSomeAgainAfterAWhile() {
        LogLimit limit = limit(10);
        for (int i = 0; i < 5000; i++) {
            limit.log(Level.INFO, () -> "line");
            nowMs++;
        }
        assertEquals(10 + 4, lines.size());
        nowMs += 60_000;
        lines.clear();
        for (int i = 0; i < 100; i++) {
            limit.log(Level.INFO, () -> "line");
        }
        assertEquals(10, lines.size());
    }
}
