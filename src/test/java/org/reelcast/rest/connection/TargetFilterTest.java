package org.reelcast.rest.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetFilterTest {

    @ParameterizedTest
    @CsvSource({
        "/,true",
        "/a%20film.mp4,true",
        "/%D0%ba%2F%2fx,true",
        "/%zz,false",
        "/%,false",
        "/%4,false",
        "/a%20%4g,false",
        "/%u0041,false"
    })
    void percentSigns_haveTwoHexadecimalDigitsBehindThem(String path, boolean wellFormed) {
        assertEquals(wellFormed, TargetFilter.isWellFormed(path));
    }
}
