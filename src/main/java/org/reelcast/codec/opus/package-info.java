/** The bridge to libopus: an encoder and a decoder, one call a packet. */
package org.reelcast.codec.opus;
