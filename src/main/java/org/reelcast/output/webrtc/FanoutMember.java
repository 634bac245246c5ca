package org.reelcast.output.webrtc;

import java.util.List;
import java.util.Optional;
import org.reelcast.live.encode.ReducedAudio;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.MediaLoop;
import org.reelcast.rtp.RtpFrame;
import org.reelcast.stream.StreamEnd;

/** One of those to whom a stream's packets go. All but {@link #loop} is called on its loop. */
interface FanoutMember {

    @AnyThread
    MediaLoop loop();

    /** What it wants of the sound in place of all of it. */
    @AnyThread
    Optional<ReducedAudio.Limit> soundLimit();

    /** Sends the kept group of pictures at once, dated so that it ends with the time of its last frame. */
    void join(List<RtpFrame> groupOfPictures);

    /** Sends the kept group of pictures again, dated between the last frame sent and the next one. */
    void repair(List<RtpFrame> groupOfPictures, long frameIntervalUs);

    /** Sends frames that are due. */
    void send(List<RtpFrame> frames);

    /** Sends sound within its {@link #soundLimit}. */
    void sendReduced(RtpFrame sound);

    /** There is no sound within its {@link #soundLimit}: from now on it takes that of {@link #send}. */
    void takeUsualSound();

    /** Something is wrong with the stream, which goes on. */
    void problem(String what);

    /** The stream ended. */
    void end(StreamEnd how);
}
