/** Mixers: several streams in one picture and one sound, as a stream of its own; {@code /rest-api/mixer}. */
package org.reelcast.process.mixer;
