/** The UDP port of a media loop: batches of packets by one system call where the kernel has it. */
package org.reelcast.webrtc.udp;
