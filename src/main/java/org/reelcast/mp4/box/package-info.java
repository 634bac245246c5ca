/** Boxes of an MP4 file and their fields (ISO/IEC 14496-12 section 4.2), with the bounds of all that is read. */
package org.reelcast.mp4.box;
