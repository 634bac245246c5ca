package org.reelcast.rendition.film;

/** What becomes of a track on its way to viewers. */
public enum Handling {
    AS_IS("as it is"),
    /** The same samples in another container. */
    REPACKAGED("repackaged"),
    REENCODED("re-encoded"),
    /** Less of it than there is: smaller, or fewer pictures. */
    REDUCED("reduced"),
    /** Another track of its kind plays. */
    LEFT_OUT("not played"),
    REFUSED("refused");

    private final String words;

    Handling(String words) {
        this.words = words;
    }

    /** For people. */
    public String words() {
        return words;
    }
}
