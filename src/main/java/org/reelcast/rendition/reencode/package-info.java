/** Re-encoding a film's video for players in real time, in segments that are made ahead of play-out and kept. */
package org.reelcast.rendition.reencode;
