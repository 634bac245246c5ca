package org.reelcast.mp4.read;

/** Where the clock of one track stands; see {@link FragmentClock}, whose state it is. */
final class ClockHand {
    /** Jumps of the film's that the track has made. */
    int jumps;
    /** The part that it is in. */
    int part;
}
