/** AAC's own headers: AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1), ADTS (1.A.3.2), the access unit of silence. */
package org.reelcast.bitstream.aac;
