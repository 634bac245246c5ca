package org.reelcast.media;

/** A codec of films beside H.264, AAC and Opus: it is decoded here, and goes to viewers as one of those. */
public enum SourceCodec {
    HEVC("HEVC", "hevc", 12),
    VVC("VVC", "vvc", 12),
    AV1("AV1", "libaom-av1", 10),
    VP9("VP9", "vp9", 10),
    VP8("VP8", "vp8", 4),
    MPEG4("MPEG-4 Visual", "mpeg4", 3),
    MPEG2("MPEG-2", "mpeg2video", 3),
    MPEG1("MPEG-1", "mpeg1video", 3),
    H263("H.263", "h263", 2),
    MJPEG("Motion JPEG", "mjpeg", 1),
    PNG("PNG", "png", 1),
    PRORES("ProRes", "prores", 1),
    DNXHD("DNxHD", "dnxhd", 1),
    DV("DV", "dvvideo", 1),
    FFV1("FFV1", "ffv1", 2),

    MP3("MP3", "mp3", MediaKind.AUDIO, 12, 0),
    AC3("AC-3", "ac3", MediaKind.AUDIO, 2, 0),
    EAC3("E-AC-3", "eac3", MediaKind.AUDIO, 2, 0),
    DTS("DTS", "dca", MediaKind.AUDIO, 2, 0),
    FLAC("FLAC", "flac", MediaKind.AUDIO, 0, 0),
    ALAC("Apple Lossless", "alac", MediaKind.AUDIO, 0, 0),
    VORBIS("Vorbis", "vorbis", MediaKind.AUDIO, 3, 0),
    OPUS("Opus", "opus", MediaKind.AUDIO, 8, 0),
    AMR("AMR", "amrnb", MediaKind.AUDIO, 4, 0),
    AMR_WB("AMR-WB", "amrwb", MediaKind.AUDIO, 4, 0),
    ALAW("G.711", "pcm_alaw", MediaKind.AUDIO, 0, 1),
    ULAW("G.711", "pcm_mulaw", MediaKind.AUDIO, 0, 1),
    PCM_U8("PCM", "pcm_u8", MediaKind.AUDIO, 0, 1),
    PCM_S8("PCM", "pcm_s8", MediaKind.AUDIO, 0, 1),
    PCM_S16LE("PCM", "pcm_s16le", MediaKind.AUDIO, 0, 2),
    PCM_S16BE("PCM", "pcm_s16be", MediaKind.AUDIO, 0, 2),
    PCM_S24LE("PCM", "pcm_s24le", MediaKind.AUDIO, 0, 3),
    PCM_S24BE("PCM", "pcm_s24be", MediaKind.AUDIO, 0, 3),
    PCM_S32LE("PCM", "pcm_s32le", MediaKind.AUDIO, 0, 4),
    PCM_S32BE("PCM", "pcm_s32be", MediaKind.AUDIO, 0, 4),
    PCM_F32LE("PCM", "pcm_f32le", MediaKind.AUDIO, 0, 4),
    PCM_F32BE("PCM", "pcm_f32be", MediaKind.AUDIO, 0, 4),
    PCM_F64LE("PCM", "pcm_f64le", MediaKind.AUDIO, 0, 8),
    PCM_F64BE("PCM", "pcm_f64be", MediaKind.AUDIO, 0, 8);

    private final String label;
    private final String decoder;
    private final MediaKind kind;
    private final int memory;
    private final int sampleBytes;

    SourceCodec(String label, String decoder, int keptPictures) {
        this(label, decoder, MediaKind.VIDEO, keptPictures, 0);
    }

    SourceCodec(String label, String decoder, MediaKind kind, int memory, int sampleBytes) {
        this.label = label;
        this.decoder = decoder;
        this.kind = kind;
        this.memory = memory;
        this.sampleBytes = sampleBytes;
    }

    /** What people call it. */
    public String label() {
        return label;
    }

    /** What FFmpeg calls its decoder. */
    public String decoder() {
        return decoder;
    }

    public boolean isVideo() {
        return kind.isVideo();
    }

    /** Whether each picture stands for itself: a single one of these is a cover, no film. */
    public boolean isStill() {
        return this == MJPEG || this == PNG;
    }

    /** Pictures that a decoder may keep, to refer to and to put in order. */
    public int keptPictures() {
        return memory;
    }

    /** Access units that are decoded before sound is right after a jump, so that they are not to be heard. */
    public int prerollFrames() {
        return memory;
    }

    /** Bytes of one sample of one channel where they are not compressed; else 0. */
    public int sampleBytes() {
        return sampleBytes;
    }
}
