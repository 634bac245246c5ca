package org.reelcast.mp4.read;

/** Ids of Matroska's elements (RFC 9559 section 5.1, RFC 8794 section 11.2), as far as they are read here. */
final class MatroskaId {
    static final int EBML = 0x1A45DFA3;
    static final int DOC_TYPE = 0x4282;
    static final int SEGMENT = 0x18538067;
    static final int INFO = 0x1549A966;
    static final int TIMESTAMP_SCALE = 0x2AD7B1;
    static final int DURATION = 0x4489;

    static final int TRACKS = 0x1654AE6B;
    static final int TRACK_ENTRY = 0xAE;
    static final int TRACK_NUMBER = 0xD7;
    static final int TRACK_TYPE = 0x83;
    static final int FLAG_ENABLED = 0xB9;
    static final int FLAG_DEFAULT = 0x88;
    static final int DEFAULT_DURATION = 0x23E383;
    static final int LANGUAGE = 0x22B59C;
    static final int LANGUAGE_BCP47 = 0x22B59D;
    static final int CODEC_ID = 0x86;
    static final int CODEC_PRIVATE = 0x63A2;
    static final int CODEC_DELAY = 0x56AA;
    static final int CONTENT_ENCODINGS = 0x6D80;
    static final int CONTENT_ENCODING = 0x6240;
    static final int CONTENT_ENCRYPTION = 0x5035;

    static final int VIDEO = 0xE0;
    static final int PIXEL_WIDTH = 0xB0;
    static final int PIXEL_HEIGHT = 0xBA;
    static final int CROP_BOTTOM = 0x54AA;
    static final int CROP_TOP = 0x54BB;
    static final int CROP_LEFT = 0x54CC;
    static final int CROP_RIGHT = 0x54DD;
    static final int DISPLAY_WIDTH = 0x54B0;
    static final int DISPLAY_HEIGHT = 0x54BA;
    static final int COLOUR = 0x55B0;
    static final int MATRIX = 0x55B1;
    static final int RANGE = 0x55B9;
    static final int TRANSFER = 0x55BA;
    static final int PRIMARIES = 0x55BB;

    static final int AUDIO = 0xE1;
    static final int SAMPLING_FREQUENCY = 0xB5;
    static final int CHANNELS = 0x9F;
    static final int BIT_DEPTH = 0x6264;

    static final int CLUSTER = 0x1F43B675;
    static final int TIMESTAMP = 0xE7;
    static final int SIMPLE_BLOCK = 0xA3;
    static final int BLOCK_GROUP = 0xA0;
    static final int BLOCK = 0xA1;
    static final int REFERENCE_BLOCK = 0xFB;

    private MatroskaId() {}
}
