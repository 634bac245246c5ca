/**
 * The syntax of H.264 (ITU-T H.264): NAL units, parameter sets, slice headers, SEI, and the AVC configuration record
 * (ISO/IEC 14496-15, 5.3.3).
 */
package org.reelcast.bitstream.h264;
