package org.reelcast.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    @Test
    void overload_refusesAndTheLogSaysSoOnceAndWhenItIsOver() {
        List<String> said = new ArrayList<>();
        Logger log = Logger.getLogger(Admission.class.getName());
        Handler listening = listening(said);
        log.addHandler(listening);
        try {
            String[] why = new String[1];
            Admission admission = new Admission(() -> Optional.ofNullable(why[0]));
            assertTrue(admission.admits());
            why[0] = "all is busy";
            for (int i = 0; i < 5; i++) {
                assertFalse(admission.admits());
            }
            why[0] = null;
            assertTrue(admission.admits());
            assertTrue(admission.admits());
            assertEquals(5, admission.refused());
            assertEquals(2, said.size(), said.toString());
            assertTrue(said.get(0).endsWith("all is busy"), said.get(0));
            assertTrue(said.get(1).contains("5 refused"), said.get(1));
        } finally {
            log.removeHandler(listening);
        }
    }

    private static Handler listening(List<String> said) {
        return new Handler() {
            @Override
            public void publish(LogRecord entry) {
                said.add(entry.getMessage());
            }

            @Override
            public void flush() {
                // nothing is held back
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
    }
}
