/** A film's sound as AAC: the samples of the file, or AAC made of its Opus rendition. */
package org.reelcast.rendition.aac;
