/** A film's sound as Opus: packets of the file, or AAC transcoded in short segments ahead of play-out. */
package org.reelcast.rendition.opus;
