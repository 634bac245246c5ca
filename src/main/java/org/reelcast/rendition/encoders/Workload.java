package org.reelcast.rendition.encoders;

/** What is encoded by one or several jobs, a film at one size for instance; told from others by identity. */
public interface Workload {

    /** Cores that one job of it keeps busy when it encodes as fast as is played, of those for which speed 1 stands. */
    double cores();
}
