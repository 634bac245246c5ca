package org.reelcast.webrtc;

import org.reelcast.rtp.receive.RtpReceiverListener;

/** What a publisher sends and what becomes of its connection; all calls come on the connection's loop. */
public interface PublisherListener extends PeerListener, RtpReceiverListener {}
