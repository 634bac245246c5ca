package org.reelcast.loop;

/** Something that wants to be woken at a time, over and over; one object for its whole life, no allocation a time. */
public abstract class Deadline {
    /** No time at all. */
    public static final long NEVER = Long.MAX_VALUE;

    long timeUs = NEVER;
    /** Place in the queue, -1 while it is in none. */
    int place = -1;
    /** Whether it waits to be called as soon as the loop can. */
    boolean soon;

    /** The time has come, and the deadline is not armed any more; or the call that was asked for soon. */
    protected abstract void due(long nowUs);
}
