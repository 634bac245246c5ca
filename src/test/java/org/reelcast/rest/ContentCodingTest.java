package org.reelcast.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who says that it does not take gzip gets none (RFC 9110 section 12.5.3). */
class ContentCodingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip|true",
                "GZIP|true",
                "x-gzip|true",
                "gzip, deflate, br|true",
                "br;q=1.0, gzip;q=0.8, *;q=0.1|true",
                "*|true",
                "deflate, *;q=0.5|true",
                "gzip;q=0.001|true",
                "gzip;q=0|false",
                "gzip; q=0.0|false",
                "gzip ; q=0.000, *|false",
                "GZip;Q=0|false",
                "*;q=0|false",
                "identity|false",
                "deflate, br|false",
                "''|false",
                "gzipped|false",
                "identity, *;q=0|false",
                "br, gzip;q=0|false"
            })
    void acceptEncoding(String header, boolean takes) {
        assertEquals(takes, ContentCoding.takesGzip(header), header);
    }

    @Test
    void noHeader_isNoGzip() {
        assertFalse(ContentCoding.takesGzip(null));
    }
}
