package org.reelcast.signalling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.Allocation;

class MessageTest {
    @Test
    void firstElementOfDataIsRead() {
        Message message =
                Message.parse("{\"message\":\"playStream\",\"data\":[{\"name\":\"vod://a\",\"width\":\"640\"}]}");
        assertEquals("playStream", message.name());
        assertEquals("vod://a", message.string("name"));
        assertEquals("", message.string("missing"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"message\":\"pong\"}",
                "{\"message\":\"pong\",\"data\":null}",
                "{\"message\":\"pong\",\"data\":[]}",
                "{\"message\":\"pong\",\"data\":[null]}",
                "{\"message\":\"pong\",\"data\":[7]}"
            })
    void missingDataIsAnEmptyObject(String text) {
        assertEquals("pong", Message.parse(text).name());
        assertEquals(0, Message.parse(text).data().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'sipLogin':'1001','custom':{'login':'ann'}} | 1001",
                "{'custom':{'login':'ann'}}                   | ann",
                "{'custom':{'login':7}}                       | ''",
                "{'custom':'ann'}                             | ''",
                "{'authToken':'secret','appKey':'app'}        | ''",
            })
    void loginIsWhatThePageSays(String data, String login) {
        Message message = Message.parse("{\"message\":\"connection\",\"data\":[" + data.replace('\'', '"') + "]}");
        assertEquals(login.replace("'", ""), message.login());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'custom':{'start':12.5}}   | 12500000",
                "{'custom':{'start':'3'}}    | 3000000",
                "{'custom':{'login':'ann'}}  | 0",
                "{'custom':{'start':null}}   | 0",
                "{}                          | 0",
                "{'custom':{'start':-1}}     | -1000000",
                "{'custom':{'start':true}}   | -1000000",
                "{'custom':{'start':'soon'}} | -1000000",
                "{'custom':{'start':1e999}}  | -1000000",
            })
    void startIsInSeconds(String data, long us) {
        Message message = Message.parse("{\"message\":\"playStream\",\"data\":[" + data.replace('\'', '"') + "]}");
        assertEquals(us, StreamRequest.of(message, null).startUs());
    }

    /** As the SDK takes it apart: a text, or it fails. */
    @Test
    void narrowLinkIsAStreamEventWithBothRatesInOneText() {
        assertEquals(
                "{\"message\":\"notifyStreamEvent\",\"data\":[{\"mediaSessionId\":\"id\",\"type\":"
                        + "\"notEnoughBandwidth\",\"payload\":{\"info\":\"2500000/1200000\"}}]}",
                StreamStatusEvent.notEnoughBandwidth("id", 2_500_000, 1_200_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "7", "\"x\"", "{\"data\":[]}", "{\"message\":7,\"data\":[]}", "\0\1"})
    void otherTextsAreRefused(String text) {
        assertThrows(JsonException.class, () -> Message.parse(text));
    }

    @Test
    void deepNestingIsRefusedAndHarmless() {
        String text = "[".repeat(200_000);
        assertThrows(JsonException.class, () -> Message.parse(text));
    }

    @Test
    void signsWithinStringsAreNoValues() {
        String text = ",[{\\\"".repeat(20_000);
        assertEquals(
                ",[{\"".repeat(20_000),
                Message.parse("{\"message\":\"m\",\"data\":[{\"a\":\"" + text + "\"}]}")
                        .string("a"));
    }

    @Test
    void moreValuesThanAnyClientSendsAreRefused() {
        String begin = "{\"message\":\"m\",\"data\":[{\"a\":[";
        assertEquals("m", Message.parse(begin + "1,".repeat(9_000) + "1]}]}").name());
        assertThrows(JsonException.class, () -> Message.parse(begin + "1,".repeat(11_000) + "1]}]}"));
    }

    /** The longest message is 256 KB. */
    @ParameterizedTest
    @ValueSource(strings = {"[],", "{},", "1,", "1e9,", "\"\",", "[[[[[", "{\"a\":"})
    void messageAsLongAsCanBe_takesLittleMemory(String repeated) {
        String text = "{\"message\":\"m\",\"data\":[{\"a\":[" + repeated.repeat((256 << 10) / repeated.length() - 20)
                + "0]}]}";
        exercise(text);
        long allocated = Allocation.of(() -> exercise(text));
        assertTrue(allocated < 2 << 20, allocated + " bytes");
    }

    /** Any text is a message, or refused, in memory that its length bounds. */
    static void exercise(byte[] text) {
        Allocation.assertLinear(text.length, 1 << 20, 128, () -> exercise(new String(text, StandardCharsets.UTF_8)));
    }

    private static void exercise(String text) {
        try {
            Message message = Message.parse(text);
            message.login();
            StreamRequest.of(message, null);
            Message.text(message.name(), message.data());
        } catch (JsonException e) {
            assertFalse(e.getMessage().isEmpty());
        }
    }

    @Test
    void dataIsAlwaysWritten() {
        assertEquals("{\"message\":\"ping\",\"data\":[]}", Message.text("ping"));
        assertEquals(
                "{\"message\":\"m\",\"data\":[\"a\",1]}",
                Message.text("m", Json.createValue("a"), Json.createValue(1)));
    }
}
