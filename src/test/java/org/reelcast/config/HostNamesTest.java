package org.reelcast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists of host names as WCS has them: the first that fits counts. */
class HostNamesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*.example.com|a.example.com|true", "*.example.com|example.com|false",
                        "*.example.com|A.EXAMPLE.com|true",
                "!*.evil.com,*|www.evil.com|false", "!*.evil.com,*|www.good.com|true",
                        "*,!*.evil.com|www.evil.com|true",
                "*.a.com, !*.b.com , *|x.b.com|false", "!*.evil.com|www.good.com|false", "''|anything|false"
            })
    void lists(String globs, String host, boolean contained) {
        assertEquals(contained, new HostNames(globs).contain(host), globs + " " + host);
    }
}
