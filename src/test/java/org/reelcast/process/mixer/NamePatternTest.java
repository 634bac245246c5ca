package org.reelcast.process.mixer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

class NamePatternTest {

    @Test
    void anExpressionIsLookedForInTheName() throws Exception {
        assertTrue(NamePattern.of("^user.*").matches("user1#room"));
        assertTrue(NamePattern.of("room").matches("user1#room"));
        assertFalse(NamePattern.of("^room").matches("user1#room"));
    }

    @Test
    void whatIsNoExpressionIsRefused() {
        Refusal refusal = assertThrows(Refusal.class, () -> NamePattern.of("("));
        assertEquals(StatusText.WRONG_MIXER_PARAMETERS, refusal.status());
        assertThrows(Refusal.class, () -> NamePattern.of("(".repeat(50_000) + "a"));
    }

    @Test
    void anExpressionThatWouldTakeForEverIsRefused() throws Exception {
        NamePattern pattern = NamePattern.of("a*a*a*a*a*b");
        assertThrows(Refusal.class, () -> pattern.matches("a".repeat(200)));
    }
}
