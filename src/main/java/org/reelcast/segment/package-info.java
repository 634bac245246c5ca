/**
 * Films cut into media segments: the plan from the index, reading one segment, the passes of a loop, parts for low
 * latency.
 */
package org.reelcast.segment;
