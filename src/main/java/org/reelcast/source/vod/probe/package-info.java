/** How films will play, told without playing them: as JSON, for people, and by {@code java -jar reelcast.jar probe}. */
package org.reelcast.source.vod.probe;
