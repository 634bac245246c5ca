/**
 * Readers and writers of the bits that all containers share: big-endian numbers, four-character codes, single bits.
 * It knows no container, no codec's meaning and no stream.
 */
package org.reelcast.bitstream;
