package org.reelcast.output.hls.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class LiveMemoryTest {
    private final LiveMemory memory = new LiveMemory(1_000);

    @Test
    void allStreamsCountTogether_asLongAsTheyAreOpen() {
        LiveMemory.Share some = memory.share("some");
        LiveMemory.Share others = memory.share("others");
        some.add(600);
        others.add(600);
        assertTrue(some.isShort() && others.isShort());
        assertEquals(600, some.bytes());
        others.close();
        others.add(5_000);
        assertFalse(some.isShort());
    }

    @Test
    void logSaysOnceOfAStream_thatItsListsAreShort() {
        List<String> warned = new ArrayList<>();
        Logger log = Logger.getLogger(LiveMemory.class.getName());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                if (line.getLevel() == Level.WARNING) {
                    warned.add((String) line.getParameters()[0]);
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        log.addHandler(handler);
        LiveMemory.Share some = memory.share("some");
        some.shortened();
        some.shortened();
        memory.share("others").shortened();
        log.removeHandler(handler);
        assertEquals(List.of("some", "others"), warned);
    }
}
