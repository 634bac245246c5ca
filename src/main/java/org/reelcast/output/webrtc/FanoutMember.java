package org.reelcast.output.webrtc;

import java.util.List;
import org.reelcast.loop.MediaLoop;
import org.reelcast.rtp.RtpFrame;
import org.reelcast.stream.StreamEnd;

/** One of those to whom a stream's packets go. All but {@link #loop} is called on its loop. */
interface FanoutMember {

    /** Any thread. */
    MediaLoop loop();

    /** Sends the kept group of pictures at once, dated so that it ends with the time of its last frame. */
    void join(List<RtpFrame> groupOfPictures);

    /** Sends the kept group of pictures again, dated between the last frame sent and the next one. */
    void repair(List<RtpFrame> groupOfPictures, long frameIntervalUs);

    /** Sends frames that are due. */
    void send(List<RtpFrame> frames);

    /** Something is wrong with the stream, which goes on. */
    void problem(String what);

    /** The stream ended. */
    void end(StreamEnd how);
}
