package org.reelcast.mp4;

/** The four-character codes that the reader knows. */
final class Codes {
    static final int MDAT = Box.code("mdat");
    static final int MOOV = Box.code("moov");
    static final int MOOF = Box.code("moof");
    static final int MVHD = Box.code("mvhd");
    static final int MVEX = Box.code("mvex");
    static final int CMOV = Box.code("cmov");
    static final int TRAK = Box.code("trak");
    static final int TKHD = Box.code("tkhd");
    static final int TREF = Box.code("tref");
    static final int CHAP = Box.code("chap");
    static final int EDTS = Box.code("edts");
    static final int ELST = Box.code("elst");
    static final int MDIA = Box.code("mdia");
    static final int MDHD = Box.code("mdhd");
    static final int HDLR = Box.code("hdlr");
    static final int MINF = Box.code("minf");
    static final int STBL = Box.code("stbl");
    static final int STSD = Box.code("stsd");
    static final int STTS = Box.code("stts");
    static final int CTTS = Box.code("ctts");
    static final int STSS = Box.code("stss");
    static final int STSC = Box.code("stsc");
    static final int STSZ = Box.code("stsz");
    static final int STZ2 = Box.code("stz2");
    static final int STCO = Box.code("stco");
    static final int CO64 = Box.code("co64");
    static final int AVCC = Box.code("avcC");
    static final int ESDS = Box.code("esds");
    static final int DOPS = Box.code("dOps");
    static final int WAVE = Box.code("wave");
    static final int SINF = Box.code("sinf");
    static final int TREX = Box.code("trex");
    static final int MEHD = Box.code("mehd");
    static final int SIDX = Box.code("sidx");
    static final int TRAF = Box.code("traf");
    static final int TFHD = Box.code("tfhd");
    static final int TFDT = Box.code("tfdt");
    static final int TRUN = Box.code("trun");
    static final int FRMA = Box.code("frma");

    private Codes() {
    }
}
