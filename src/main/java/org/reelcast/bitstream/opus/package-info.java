/**
 * The table of contents of an Opus packet (RFC 6716, section 3): how many frames it has, how long they are, where it
 * can be split.
 */
package org.reelcast.bitstream.opus;
