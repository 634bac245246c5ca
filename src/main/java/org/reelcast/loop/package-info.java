/**
 * Media loops, one thread a core without locks, and what stands beside them: timers, clocks, load, admission,
 * bounded executors for what blocks.
 */
package org.reelcast.loop;
