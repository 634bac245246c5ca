package org.reelcast.mpegts;

/** What a packet belongs to, by its PID (ISO/IEC 13818-1 section 2.4.3.3). */
enum Pid {
    /** Program association table. */
    PAT(0),
    /** Program map table. */
    PMT(0x1000),
    VIDEO(0x100),
    AUDIO(0x101);

    private final int value;

    Pid(int value) {
        this.value = value;
    }

    int value() {
        return value;
    }
}
