/** The index of a film's samples: position, size and times of each, packed to a few bytes. */
package org.reelcast.mp4.index;
