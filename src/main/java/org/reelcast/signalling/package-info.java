/** The WebSocket endpoint of WCS's protocol: connections, messages, who answers which, and limits for each client. */
package org.reelcast.signalling;
