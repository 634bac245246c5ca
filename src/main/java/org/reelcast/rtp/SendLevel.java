package org.reelcast.rtp;

/** How much of a film's video a viewer is sent. Sound always goes. */
public enum SendLevel {
    /** All frames. */
    ALL,
    /** All but those that no other frame needs (H.264: nal_ref_idc 0). */
    REFERENCES,
    /** Key frames alone. */
    KEYS
}
