package org.reelcast.mp4.box;

/** Four-character codes: the types of boxes and of sample entries (ISO 14496-12 section 4.2), as numbers. */
public final class BoxType {
    public static final int FTYP = of("ftyp");
    public static final int MOOV = of("moov");
    public static final int MVHD = of("mvhd");
    public static final int MVEX = of("mvex");
    public static final int CMOV = of("cmov");
    public static final int TRAK = of("trak");
    public static final int TKHD = of("tkhd");
    public static final int TREF = of("tref");
    public static final int CHAP = of("chap");
    public static final int ELNG = of("elng");
    public static final int EDTS = of("edts");
    public static final int ELST = of("elst");
    public static final int MDIA = of("mdia");
    public static final int MDHD = of("mdhd");
    public static final int HDLR = of("hdlr");
    public static final int MINF = of("minf");
    public static final int MDAT = of("mdat");
    public static final int UUID = of("uuid");

    public static final int STBL = of("stbl");
    public static final int STSD = of("stsd");
    public static final int STTS = of("stts");
    public static final int CTTS = of("ctts");
    public static final int STSS = of("stss");
    public static final int STSC = of("stsc");
    public static final int STSZ = of("stsz");
    public static final int STZ2 = of("stz2");
    public static final int STCO = of("stco");
    public static final int CO64 = of("co64");

    public static final int AVC1 = of("avc1");
    public static final int AVC3 = of("avc3");
    public static final int AVCC = of("avcC");
    public static final int COLR = of("colr");
    public static final int PASP = of("pasp");
    public static final int CLAP = of("clap");
    public static final int MP4A = of("mp4a");
    public static final int ESDS = of("esds");
    public static final int WAVE = of("wave");
    public static final int OPUS = of("Opus");
    public static final int DOPS = of("dOps");
    public static final int ENCV = of("encv");
    public static final int ENCA = of("enca");
    public static final int DRMS = of("drms");
    public static final int DRMI = of("drmi");
    public static final int SINF = of("sinf");
    public static final int FRMA = of("frma");

    public static final int MOOF = of("moof");
    public static final int TREX = of("trex");
    public static final int MEHD = of("mehd");
    public static final int SIDX = of("sidx");
    public static final int TRAF = of("traf");
    public static final int TFHD = of("tfhd");
    public static final int TFDT = of("tfdt");
    public static final int TRUN = of("trun");

    private BoxType() {}

    /** The number of a code; its characters are those of ISO 8859-1. */
    public static int of(String code) {
        return code.charAt(0) << 24 | code.charAt(1) << 16 | code.charAt(2) << 8 | code.charAt(3);
    }

    /** A code to be read by people. */
    public static String name(int code) {
        StringBuilder name = new StringBuilder(4);
        for (int shift = 24; shift >= 0; shift -= 8) {
            char c = (char) (code >>> shift & 0xff);
            name.append(c >= ' ' && c < 0x7f ? c : '?');
        }
        return name.toString();
    }
}
