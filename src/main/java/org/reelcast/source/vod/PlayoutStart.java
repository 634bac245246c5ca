package org.reelcast.source.vod;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

/**
 * Where and when a film begins to play.
 *
 * @param positionUs on the timeline of all passes, in µs
 * @param timeUs     the moment at which that is shown, in µs since 1970, past or to come; empty = as soon as it can be
 * @param epoch      how often that was set, with this time
 */
record PlayoutStart(long positionUs, OptionalLong timeUs, int epoch) {
    static final PlayoutStart NOW = at(0);

    /** Nobody means more, and nothing overflows. */
    private static final long MAX_SECONDS = 1_000_000_000;

    private static final Duration EARLIEST = Duration.ofDays(3660);
    private static final Duration LATEST = Duration.ofDays(366);

    /** As soon as it can be, from a position on. */
    static PlayoutStart at(long positionUs) {
        return new PlayoutStart(positionUs, OptionalLong.empty(), 1);
    }

    /** As a broadcast goes on that was started before. */
    static PlayoutStart of(BroadcastTimeline timeline) {
        return new PlayoutStart(timeline.positionUs(), OptionalLong.of(timeline.startUs()), timeline.epoch());
    }

    /**
     * As a request says it.
     *
     * @param seconds position in the film; from its beginning when empty
     * @param epochMs ms since 1970; as soon as it can when empty
     * @param nowUs   microseconds since 1970
     * @throws Refusal when there is no such position or time
     */
    static PlayoutStart of(Optional<String> seconds, Optional<String> epochMs, long nowUs) throws Refusal {
        return new PlayoutStart(
                seconds.isPresent() ? positionUs(seconds.get()) : 0,
                epochMs.isPresent() ? OptionalLong.of(timeUs(epochMs.get(), nowUs)) : OptionalLong.empty(),
                1);
    }

    private static long positionUs(String seconds) throws Refusal {
        BigDecimal position = number("position", seconds);
        if (position.signum() < 0 || position.compareTo(BigDecimal.valueOf(MAX_SECONDS)) > 0) {
            throw outside("\"position\" is " + seconds + ": it is in seconds from the film's beginning, not negative");
        }
        return position.movePointRight(6).longValue();
    }

    private static long timeUs(String epochMs, long nowUs) throws Refusal {
        BigDecimal timeMs = number("startTime", epochMs);
        BigDecimal awayMs = timeMs.subtract(BigDecimal.valueOf(nowUs / 1000));
        if (awayMs.compareTo(BigDecimal.valueOf(LATEST.toMillis())) > 0
                || awayMs.negate().compareTo(BigDecimal.valueOf(EARLIEST.toMillis())) > 0) {
            throw outside("\"startTime\" is " + epochMs + ": it is in milliseconds (not seconds) since 1970, at most "
                    + LATEST.toDays() + " days ahead and ten years ago; now is " + nowUs / 1000);
        }
        return timeMs.movePointRight(3).longValue();
    }

    private static BigDecimal number(String field, String text) throws Refusal {
        try {
            BigDecimal number = new BigDecimal(text);
            if (Math.abs((long) number.scale()) < 100 && number.precision() < 100) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw outside("\"" + field + "\" is no number that is to be had");
    }

    /**
     * The same, when a film is so long.
     *
     * @param lengthUs 0 when that is not known
     * @throws Refusal when the film is over before it begins
     */
    PlayoutStart within(long lengthUs, boolean looped, long nowUs) throws Refusal {
        long fromUs = positionUs + Math.max(0, nowUs - timeUs.orElse(nowUs));
        if (positionUs < 0 || positionUs > MAX_SECONDS * 1_000_000) {
            throw outside("A film starts at a number of seconds from its beginning on, not before it");
        }
        if (timeUs.orElse(nowUs) - nowUs > TimeUnit.MILLISECONDS.toMicros(LATEST.toMillis())) {
            throw outside("A film starts at most " + LATEST.toDays() + " days from now");
        }
        if (!looped && lengthUs > 0 && fromUs >= lengthUs) {
            throw outside("The film lasts " + lengthUs / 1000 / 1000.0 + " s: at " + fromUs / 1000 / 1000.0
                    + " s it is over"
                    + timeUs.stream()
                            .mapToObj(us -> ", by a start at " + Instant.ofEpochMilli(us / 1000))
                            .findFirst()
                            .orElse("")
                    + "; \"loop\": true plays it over and over");
        }
        return this;
    }

    private static Refusal outside(String sentence) {
        return new Refusal(StatusText.START_OUTSIDE_FILM, sentence);
    }
}
