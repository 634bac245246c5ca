package org.reelcast.bitstream.h264;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.reelcast.bitstream.CodecConfigException;

/**
 * Coverage-guided fuzzing of the bitstream parsers with {@code mvn test -Pfuzz}; {@code SpsTest} and
 * {@code NalCursorTest} do the same at random in every build.
 */
class H264FuzzTest {

    @FuzzTest(maxDuration = "1m")
    void anyBytes_areReadWithoutAnException(byte[] bytes) {
        if (bytes.length < 2) {
            return;
        }
        Sps sps = Sps.parse(bytes, 0, bytes.length);
        if (sps != null && (sps.width() <= 0 || sps.height() <= 0)) {
            throw new AssertionError(sps.toString());
        }
        ParameterSets sets = new ParameterSets();
        sets.reset(new AvcConfig(0, 0, 0, 4, List.of(bytes), List.of(bytes)));
        StartCodes.split(bytes);
        NalCursor cursor = new NalCursor().reset(bytes, 1, bytes.length - 1, 1 + (bytes[0] & 3));
        while (cursor.next()) {
            boolean b = cursor.isBSlice();
            SliceHeader header = SliceHeader.parse(cursor.array(), cursor.offset(), cursor.length());
            if (header != null && header.firstMacroblock() < 30_000 && header.isB() != b) {
                throw new AssertionError(header + " but " + b);
            }
            sets.offer(cursor.array(), cursor.offset(), cursor.length());
        }
        sets.all();
        try {
            AvcConfig config = AvcConfig.parse(bytes);
            if (!config.equals(AvcConfig.parse(config.toBytes()))) {
                throw new AssertionError(config + " is written otherwise");
            }
        } catch (CodecConfigException e) {
            // an answer too
        }
    }
}
