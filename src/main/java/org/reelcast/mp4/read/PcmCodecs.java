package org.reelcast.mp4.read;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.reelcast.media.SourceCodec;
import org.reelcast.mp4.box.Box;
import org.reelcast.mp4.box.BoxType;
import org.reelcast.mp4.box.Boxes;
import org.reelcast.mp4.box.Window;

/**
 * The layouts of sound that is not compressed, as far as the four-character code alone does not say them: QuickTime's
 * ({@code lpcm}, {@code enda}) and ISO's (ISO/IEC 23003-5).
 */
final class PcmCodecs {
    private static final Map<SourceCodec, SourceCodec> LITTLE_ENDIAN = Map.of(
            SourceCodec.PCM_S16BE,
            SourceCodec.PCM_S16LE,
            SourceCodec.PCM_S24BE,
            SourceCodec.PCM_S24LE,
            SourceCodec.PCM_S32BE,
            SourceCodec.PCM_S32LE,
            SourceCodec.PCM_F32BE,
            SourceCodec.PCM_F32LE,
            SourceCodec.PCM_F64BE,
            SourceCodec.PCM_F64LE);
    private static final int ENDA = BoxType.of("enda");
    private static final int LPCM = BoxType.of("lpcm");
    private static final int IPCM = BoxType.of("ipcm");
    private static final int FPCM = BoxType.of("fpcm");
    private static final int PCMC = BoxType.of("pcmC");
    /** Of {@code lpcm}: formatSpecificFlags of QuickTime's sound description, version 2. */
    private static final int IS_FLOAT = 1;

    private static final int IS_BIG_ENDIAN = 2;
    private static final int IS_SIGNED = 4;

    private PcmCodecs() {}

    /**
     * The layout of such an entry; null for one that nobody uses.
     *
     * @param codec that the four-character code names, which is what comes back when it is none of these; may be null
     */
    static SourceCodec of(
            Window window, Box box, List<Box> children, AudioSampleDescription description, SourceCodec codec)
            throws IOException {
        if (box.is(LPCM)) {
            return of(description.bits(), description.flags());
        }
        if (box.is(IPCM) || box.is(FPCM)) {
            Box pcmC = Boxes.first(children, PCMC);
            int kind = box.is(FPCM) ? IS_FLOAT : IS_SIGNED;
            return pcmC == null || pcmC.length() < 6
                    ? null
                    : of(
                            window.u8(pcmC.payload() + 5),
                            kind | ((window.u8(pcmC.payload() + 4) & 1) == 0 ? IS_BIG_ENDIAN : 0));
        }
        if (codec == null || codec.sampleBytes() == 0) {
            return codec;
        }
        if (description.bits() == 8 && codec.sampleBytes() == 2) {
            return SourceCodec.PCM_S8;
        }
        if (description.bits() == 16 && codec == SourceCodec.PCM_U8) {
            return SourceCodec.PCM_S16BE;
        }
        Box wave = Boxes.first(children, BoxType.WAVE);
        Box enda = wave == null ? null : Boxes.first(Boxes.children(window, wave), ENDA);
        boolean little = enda != null && enda.length() >= 2 && window.u16(enda.payload()) == 1;
        return little ? LITTLE_ENDIAN.getOrDefault(codec, codec) : codec;
    }

    private static SourceCodec of(int bits, int flags) {
        boolean isFloat = (flags & IS_FLOAT) != 0;
        SourceCodec codec =
                switch (bits) {
                    case 8 -> (flags & IS_SIGNED) == 0 ? SourceCodec.PCM_U8 : SourceCodec.PCM_S8;
                    case 16 -> SourceCodec.PCM_S16BE;
                    case 24 -> SourceCodec.PCM_S24BE;
                    case 32 -> isFloat ? SourceCodec.PCM_F32BE : SourceCodec.PCM_S32BE;
                    case 64 -> SourceCodec.PCM_F64BE;
                    default -> null;
                };
        return codec == null || (flags & IS_BIG_ENDIAN) != 0 ? codec : LITTLE_ENDIAN.getOrDefault(codec, codec);
    }
}
