package org.reelcast.mp4.read;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.mp4.index.SamplePacker;
import org.reelcast.mp4.index.Timeline;

/**
 * When fragments start: as their {@code tfdt} (ISO 14496-12 section 8.8.12) says, unless that goes back in time. Where
 * the clock jumps further than a pause may last the film goes on without the jump, and where another film was joined
 * behind, whose clock starts over, it goes on there: the same jump for all tracks, so that they stay in step.
 */
final class FragmentClock {
    private static final Logger LOG = Logger.getLogger(FragmentClock.class.getName());
    /** A pause as long is said. */
    private static final long SAID_US = 10_000_000;

    private static final int NONE = -1;

    private final long longestPauseUs;
    private final String film;
    private final Notes notes;
    /** All jumps up to each: what the file's clock is ahead of the film's. */
    private final List<Long> aheadUs = new ArrayList<>(List.of(0L));

    private int parts;
    /** Where the present part begins. */
    private long partUs;
    /** The jump by which it does; {@link #NONE} before that is known. */
    private int partJump = NONE;

    /** @param longestPauseUs jumps that are longer are left out */
    FragmentClock(long longestPauseUs, String film, Notes notes) {
        this.longestPauseUs = longestPauseUs;
        this.film = film;
        this.notes = notes;
    }

    /** Another film was joined behind. @param endUs where the film ends so far */
    void join(long endUs) {
        parts++;
        partUs = endUs;
        partJump = NONE;
    }

    /** When a fragment starts whose {@code tfdt} says {@code said}, in the track's units. */
    long start(FragmentTarget track, long said) {
        SamplePacker packer = track.packer();
        ClockHand hand = track.hand();
        if (hand.part < parts) {
            hand.part = parts;
            begin(track, said);
        }
        long decode = shifted(track, said);
        if (packer.count() > 0 && decode > packer.nextDecode()) {
            long pauseUs = Timeline.toUs(decode - packer.nextDecode(), track.timescale());
            if (pauseUs > longestPauseUs) {
                jump(hand, pauseUs);
                decode = shifted(track, said);
            }
            if (pauseUs > Math.min(SAID_US, longestPauseUs)) {
                say(pauseUs, Timeline.toUs(packer.nextDecode(), track.timescale()));
            }
        }
        return decode > packer.lastDecode() ? decode : packer.nextDecode();
    }

    /** The first fragment of a part: of all tracks' the first says by how much its clock starts over, if it does. */
    private void begin(FragmentTarget track, long said) {
        long decode = shifted(track, said);
        if (partJump == NONE && decode > track.packer().lastDecode()) {
            return;
        }
        if (partJump == NONE) {
            track.hand().jumps = aheadUs.size() - 1;
            long atUs = Timeline.toUs(shifted(track, said), track.timescale());
            jump(track.hand(), atUs - partUs);
            partJump = track.hand().jumps;
        }
        track.hand().jumps = partJump;
    }

    private void jump(ClockHand hand, long us) {
        if (hand.jumps == aheadUs.size() - 1) {
            aheadUs.add(aheadUs.get(hand.jumps) + us);
        }
        hand.jumps++;
    }

    private long shifted(FragmentTarget track, long said) {
        long us = aheadUs.get(track.hand().jumps);
        return said
                - Math.floorDiv(us, 1_000_000) * track.timescale()
                - Math.floorMod(us, 1_000_000) * track.timescale() / 1_000_000;
    }

    private void say(long pauseUs, long atUs) {
        String what = "Its clock jumps by " + pauseUs / 1_000_000 + " s at " + atUs / 1_000_000 + " s: "
                + (pauseUs > longestPauseUs ? "the film goes on without the pause" : "nothing comes for as long");
        if (notes.add(what)) {
            LOG.log(Level.WARNING, "{0}: {1}", new Object[] {film, what});
        }
    }
}
