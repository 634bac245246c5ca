package org.reelcast.webrtc;

import org.reelcast.rtp.RtpStatistics;

/** One viewer's connection at a glance. */
public record PeerStatistics(TrafficStatistics traffic, RtpStatistics rtp) {}
