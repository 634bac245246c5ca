package org.reelcast.storage.s3;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.reelcast.refusal.Refusal;

/** Coverage-guided fuzzing of names of objects in S3 with {@code mvn test -Pfuzz}. */
class S3LocationFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void anyName_isAnObjectOrRefused(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        try {
            S3Location location = S3Location.parse("s3/" + text);
            assertFalse(location.bucket().contains("/") || location.bucket().contains(".."), location::toString);
            assertTrue(location.key().getBytes(StandardCharsets.UTF_8).length <= 1024);
            assertFalse(location.key().isEmpty());
        } catch (Refusal e) {
            assertTrue(e.getMessage().codePoints().noneMatch(Character::isISOControl), e.getMessage());
        }
    }
}
