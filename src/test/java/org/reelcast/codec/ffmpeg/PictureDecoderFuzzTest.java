package org.reelcast.codec.ffmpeg;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Fuzzing of the decoders of films' pictures with {@code mvn test -Pfuzz}. Inputs and finds are kept in
 * {@code src/test/resources/org/reelcast/codec/ffmpeg/PictureDecoderFuzzTestInputs}; {@code FuzzCorporaTest} has them in
 * every build.
 */
class PictureDecoderFuzzTest {

    @FuzzTest(maxDuration = "3m")
    void anyPackets_areDecodedOrRefused(byte[] packets) {
        FuzzedPackets.asPictures(packets);
    }
}
