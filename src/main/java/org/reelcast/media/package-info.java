/**
 * What media are, whoever makes them: frames with their times, formats with what a decoder or container needs,
 * indexes of frames that can be sought.
 */
package org.reelcast.media;
