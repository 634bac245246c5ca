package org.reelcast.live.decode;

/**
 * What became of a track's frames so far.
 *
 * @param taken   given to the decoder
 * @param lost    that did not decode, or were left out since they came too late
 * @param waiting to be decoded
 */
public record DecodingCounters(long taken, long lost, int waiting) {}
