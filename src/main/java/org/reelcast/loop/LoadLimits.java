package org.reelcast.loop;

/**
 * From where on a media loop has no room for further viewers.
 *
 * @param busyPercent part of the time that its thread works; 0 = it always has room
 * @param lateUs      by how much it comes too late, on an average
 */
public record LoadLimits(int busyPercent, long lateUs) {

    /** There is always room. */
    public static final LoadLimits NONE = new LoadLimits(0, 0);

    boolean isNone() {
        return busyPercent == 0;
    }
}
