/** Reads MP4 and QuickTime files: a {@code Movie}, its tracks and how they are coded. */
package org.reelcast.mp4.read;
