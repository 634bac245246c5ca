/** Viewers by Media Source Extensions: fragments of MP4 over a WebSocket of their own, as WCS's SDK expects them. */
package org.reelcast.output.mse;
