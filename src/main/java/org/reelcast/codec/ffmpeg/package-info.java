/**
 * The bridge to FFmpeg by JavaCPP: decoders, encoders, scaling and resampling, each with its native memory bounded,
 * counted and freed.
 */
package org.reelcast.codec.ffmpeg;
