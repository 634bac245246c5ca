const FIRST_MS = 250;
const GROWTH = 1.5;
/** As long as a server takes to start anew, it is asked each second; then less and less often. */
const OFTEN_MS = 1_000;
const OFTEN_ATTEMPTS = 120;
const MOST_MS = 15_000;
/** So that a thousand viewers do not come back in the same moment. */
const SPREAD = 0.2;

/**
 * The pause before an attempt to connect again, in ms.
 * @param {number} attempt counted from 0
 * @param {number} chance from 0 to 1
 */
export function pauseMs(attempt, chance) {
    const often = Math.min(OFTEN_MS, FIRST_MS * GROWTH ** attempt);
    const pause = attempt < OFTEN_ATTEMPTS ? often
        : Math.min(MOST_MS, OFTEN_MS * GROWTH ** (attempt - OFTEN_ATTEMPTS));
    return Math.round(pause * (1 - SPREAD / 2 + SPREAD * chance));
}
