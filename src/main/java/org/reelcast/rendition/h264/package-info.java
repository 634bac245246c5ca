/**
 * A film's H.264 without re-encoding: samples with parameter sets in band for WebRTC, or untouched, and what tells
 * whether it has B-frames.
 */
package org.reelcast.rendition.h264;
