/** What was made of a film and is kept: in memory up to a bound, and by name in a store of segments. */
package org.reelcast.rendition.cache;
