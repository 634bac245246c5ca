/**
 * MPEG-2 transport streams (ISO/IEC 13818-1) of H.264 and AAC, in segments as HLS wants them. Makes bytes of frames,
 * and knows nothing of playlists, files or streams.
 */
package org.reelcast.mpegts;
