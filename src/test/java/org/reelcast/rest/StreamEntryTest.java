package org.reelcast.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.ws.rs.BadRequestException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.loop.FakeLoop;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.stream.Holder;
import org.reelcast.stream.Stream;
import org.reelcast.stream.TestStreams;
import org.reelcast.stream.TrackChoice;

class StreamEntryTest {
    private static final StreamEntry ENTRY = new StreamEntry(
            "id-1",
            "cam",
            "PUBLISHING",
            Optional.of(Format.video(Codec.H264, 640, 360, 0)),
            Optional.of(Format.audio(Codec.OPUS, 2)),
            false,
            5,
            Optional.of("WebRTC"),
            Map.of("recording", 1L));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                         | true",
                "{\"name\":\"cam\",\"published\":true,\"status\":\"PUBLISHING\"} | true",
                "{\"mediaSessionId\":\"id-1\"}                              | true",
                "{\"mediaSessionIds\":[\"id-0\",\"id-1\"]}                  | true",
                "{\"mediaSessionIds\":[]}                                   | false",
                "{\"name\":\"cam\",\"status\":\"PENDING\"}                  | false",
                "{\"published\":\"false\"}                                  | false",
                "{\"name\":\"CAM\"}                                         | false"
            })
    void streamMatches_whenAllFieldsGivenDo(String body, boolean matches) {
        assertEquals(matches, StreamEntry.criteria(read(body)).test(ENTRY));
    }

    @Test
    void idsThatAreNoArrayOfStrings_areRefused() {
        assertThrows(BadRequestException.class, () -> StreamEntry.criteria(read("{\"mediaSessionIds\":\"id-1\"}")));
        assertThrows(BadRequestException.class, () -> StreamEntry.criteria(read("{\"mediaSessionIds\":[1]}")));
    }

    @Test
    void json_hasTheNamesOfWcs() {
        assertEquals(
                "{\"mediaSessionId\":\"id-1\",\"name\":\"cam\",\"published\":true,\"status\":\"PUBLISHING\","
                        + "\"hasVideo\":true,\"hasAudio\":true,\"record\":false,\"width\":640,\"height\":360,"
                        + "\"mediaType\":\"publish\",\"createDate\":5,\"videoCodec\":\"H264\",\"audioCodec\":\"opus\","
                        + "\"mediaProvider\":\"WebRTC\"}",
                ENTRY.json(List.of("position")).build().toString());
    }

    @Test
    void holders_areCountedByTheirKind_forWhoAsks() {
        Stream stream = TestStreams.film("film", new FakeLoop(), Optional.empty(), ENTRY.audio());
        for (Holder holder : List.of(
                Holder.viewer("WebRTC", TrackChoice.REAL_TIME),
                Holder.viewer("WebRTC", TrackChoice.REAL_TIME),
                Holder.output(Holder.RECORDING, TrackChoice.ORIGINAL))) {
            stream.hold(holder).orElseThrow();
        }
        assertEquals(
                "{\"WebRTC\":2,\"recording\":1}",
                StreamEntry.of(stream)
                        .json(List.of("holders"))
                        .build()
                        .get("holders")
                        .toString());
    }

    private static RequestBody read(String json) {
        return RequestBody.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }
}
