package org.reelcast.output.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameTemplateTest {
    private static final String ID = "d5cdad10-e67e-11f1-990b-899737d58bf9";

    private static RecordRequest request(String streamName, String login) {
        return new RecordRequest(
                ID, streamName, login, "/127.0.0.1:49836/127.0.0.1:8443", Optional.empty(), Optional.empty());
    }

    private static String name(String template, String streamName) {
        return new NameTemplate(template).start(request(streamName, "bob"), 1_700_000_000_123L, true, true);
    }

    @Test
    void defaultTemplate_isWcss() {
        NameTemplate template = new NameTemplate("stream-{mediaSessionId}-{login}");
        assertEquals("stream-" + ID + "-", template.start(request("x", ""), 0, true, true));
        assertEquals("stream-" + ID + "-bob", template.start(request("x", "bob"), 0, true, true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{streamName}                      | camera",
                "a-{videoCodec}-{audioCodec}       | a-H264-AAC",
                "{startTime}-{startTimeMillis}     | 1700000000123-1700000000123",
                "{sessionId}                       | LzEyNy4wLjAuMTo0OTgzNi8xMjcuMC4wLjE6ODQ0Mw",
                "{streamName}-{endTime}-{duration} | camera-{endTime}-{duration}",
                "{unknown}{streamName}             | _unknown_camera",
                "{login}                           | bob",
                "$1\\{streamName}                  | _1_camera",
            })
    void placeholders(String template, String expected) {
        assertEquals(expected, name(template, "camera"));
    }

    @Test
    void whatIsKnownAtTheEnd_isFilledInThen() {
        assertEquals(
                "x-1700000005000-1700000005000-5040",
                NameTemplate.end("x-{endTime}-{endTimeMillis}-{duration}", 1_700_000_005_000L, 5_040_999));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../etc/passwd",
                "vod-live://sample.mp4",
                "a b",
                "..",
                ".hidden",
                "tab\tnew\nline",
                "nul\0",
                "камера",
                "\uD83D\uDE00",
                "a%2fb",
                "c:\\x",
                "x?y#z",
                "~root",
                "{endTime",
                "a/{endTime}"
            })
    void anyStreamName_isASafeFileName(String streamName) {
        String name = name("{streamName}", streamName);
        assertTrue(name.replace("{endTime}", "").matches("[A-Za-z0-9_-][A-Za-z0-9._-]*"), name);
    }

    @Test
    void nothingLeft_isTheMediaSession() {
        assertEquals("stream-" + ID, new NameTemplate("{login}").start(request("x", ""), 0, true, true));
    }

    @Test
    void longNames_areTrimmed() {
        String name = name("{streamName}-{duration}", "n".repeat(5000));
        assertEquals(220, name.length());
        String cut = name("{streamName}{duration}", "n".repeat(215));
        assertEquals("n".repeat(215), cut, "no half placeholder");
        assertTrue((NameTemplate.end(name, Long.MAX_VALUE, 0) + "-9999_99999.mp4.fin.tmp").length() <= 255);
        assertEquals(
                32,
                new NameTemplate("{login}")
                        .start(request("x", "l".repeat(99)), 0, true, true)
                        .length());
    }

    @Test
    void timesTellPartsApart() {
        assertTrue(new NameTemplate("a{startTime}").tellsPartsApart());
        assertTrue(new NameTemplate("a{endTimeMillis}").tellsPartsApart());
        assertFalse(new NameTemplate("a{streamName}{duration}").tellsPartsApart());
    }

    @Test
    void rotation_isReadAsWcsWritesIt() {
        assertEquals(Optional.of(new Rotation(10_000_000, Long.MAX_VALUE)), Rotation.parse("10"));
        assertEquals(Optional.of(new Rotation(Long.MAX_VALUE, 10 << 20)), Rotation.parse("10M"));
        assertEquals(Optional.of(Rotation.NEVER), Rotation.parse(""));
        assertEquals(Optional.of(Rotation.NEVER), Rotation.parse("0"));
        for (String nonsense : new String[] {"-1", "10G", "1.5", "M", "99999999999999999999"}) {
            assertEquals(Optional.empty(), Rotation.parse(nonsense), nonsense);
        }
    }

    @Test
    void randomIsTheSameForAllPartsOfARecording_andForNoOther() {
        NameTemplate template = new NameTemplate("rec-{random}");
        RecordRequest request = RecordRequest.of("id", "camera");
        String name = template.start(request, 0, true, true);
        assertTrue(name.matches("rec-[0-9a-f]{32}"), name);
        assertEquals(name, template.start(request, 1, true, false));
        assertNotEquals(name, new NameTemplate("rec-{random}").start(request, 0, true, true));
    }
}
