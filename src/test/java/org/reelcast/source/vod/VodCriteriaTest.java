package org.reelcast.source.vod;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.ws.rs.BadRequestException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.rest.RequestBody;

class VodCriteriaTest {
    private static final VodDescription LIVE = new VodDescription(
            "id1",
            "test",
            "vod-live://sample.mp4",
            "PROCESSED_LOCAL",
            true,
            true,
            false,
            true,
            Optional.empty(),
            Optional.empty(),
            new VodDescription.Position(1, OptionalDouble.of(2), OptionalLong.empty()),
            List.of());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | true",
                "{} | true",
                "{\"localStreamName\":\"test\"} | true",
                "{\"localStreamName\":\"other\"} | false",
                "{\"localStreamName\":\"test\",\"hasAudio\":\"true\",\"loop\":true,\"record\":\"FALSE\"} | true",
                "{\"localStreamName\":\"test\",\"loop\":false} | false",
                "{\"uri\":\"vod-live://sample.mp4\",\"status\":\"PROCESSED_LOCAL\"} | true",
                "{\"uri\":\"vod://sample.mp4\"} | false",
                "{\"localMediaSessionId\":\"id2\"} | false",
                "{\"localStreamName\":null,\"unknown\":[1]} | true",
            })
    void findMatchesAllFieldsGiven(String body, boolean expected) {
        assertEquals(expected, VodCriteria.find(body(body)).test(LIVE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"localStreamName\":\"test\"} | true",
                "{\"uri\":\"vod-live://sample.mp4\"} | true",
                "{\"uri\":\"vod://sample.mp4\",\"localStreamName\":\"test\"} | true",
                "{\"uri\":\"vod://other.mp4\",\"localStreamName\":\"test\"} | false",
                "{\"uri\":\"vod://sample.mp4\"} | false",
            })
    void terminateGoesByNameAndUri(String body, boolean expected) {
        assertEquals(expected, VodCriteria.terminate(body(body)).test(LIVE.localStreamName(), LIVE.uri()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "7", "{\"localStreamName\":7}", "{\"loop\":\"perhaps\"}", "{\"uri\":{}}"})
    void malformedRequestsAreRefused(String body) {
        assertThrows(BadRequestException.class, () -> VodCriteria.find(body(body)));
    }

    @Test
    void hugeBodyIsRefused() {
        assertThrows(BadRequestException.class, () -> body(" ".repeat(70_000)));
    }

    private static RequestBody body(String text) {
        return RequestBody.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
