/** The machine's own libopenh264, by LWJGL: three times as fast as the one within FFmpeg, which has no assembler. */
package org.reelcast.codec.openh264;
