/** Reading a track's samples in order and by position, in blocks that all readers of a film share. */
package org.reelcast.rendition.samples;
