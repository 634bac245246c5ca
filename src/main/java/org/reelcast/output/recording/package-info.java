/**
 * Recordings: a stream's frames as an MP4 file, its name, its parts, its limits, and what is left of it when
 * something goes wrong.
 */
package org.reelcast.output.recording;
