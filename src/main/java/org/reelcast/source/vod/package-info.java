/** Streams made of films: the library of open films, reading ahead, play-out on the clock, /rest-api/vod. */
package org.reelcast.source.vod;
