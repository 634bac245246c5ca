package org.reelcast.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0,0,0",
        "bytes=0-,0,999",
        "bytes=10-19,10,19",
        "bytes=990-2000,990,999",
        "bytes=-5,995,999",
        "bytes=-5000,0,999",
        "bytes = 7 - 8 ,7,8"
    })
    void oneRange_isCutToTheFile(String header, long first, long last) {
        assertEquals(Optional.of(new ByteRange(first, last)), ByteRange.parse(header, 1000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=1000-", "bytes=1000-1001", "bytes=-0"})
    void rangeOutsideTheFile_cannotBeSatisfied(String header) {
        assertFalse(ByteRange.parse(header, 1000).orElseThrow().isSatisfiable());
    }

    @Test
    void emptyFile_hasNoRange() {
        assertFalse(ByteRange.parse("bytes=0-", 0).orElseThrow().isSatisfiable());
        assertFalse(ByteRange.parse("bytes=-1", 0).orElseThrow().isSatisfiable());
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "bytes=",
                "bytes=-",
                "bytes=5-4",
                "bytes=a-b",
                "items=0-1",
                "bytes=0-1,3-4",
                "bytes=--1",
                "bytes=99999999999999999999-"
            })
    void anythingElse_meansTheWholeFile(String header) {
        assertEquals(Optional.empty(), ByteRange.parse(header, 1000));
    }
}
