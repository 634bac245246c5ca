/** The WebRTC transport as a service that viewers and publishers share: ports, certificates, the warm-up. */
package org.reelcast.transport;
