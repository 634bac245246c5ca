/**
 * Writing MP4: fragments of a recording that survive a crash, the film made of them, segments for MSE, HLS and DASH.
 */
package org.reelcast.mp4.write;
