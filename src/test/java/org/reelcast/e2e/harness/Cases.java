package org.reelcast.e2e.harness;

/** How much of a test is run: one case of each kind by {@code mvn verify}, all of them by {@code -Pmatrix}. */
public final class Cases {
    private static final boolean ALL = Boolean.getBoolean("reelcast.matrix");

    private Cases() {}

    public static boolean all() {
        return ALL;
    }

    /** The many where all cases are run, else the one. */
    public static <T> T choose(T many, T one) {
        return ALL ? many : one;
    }
}
