package org.reelcast.output.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.reelcast.rtp.TestFrames;

class ViewerAudioTest {
    private static final long PACKET_US = 20_000;

    private final List<Long> sent = new ArrayList<>();
    private final ViewerAudio audio = new ViewerAudio(0, Optional.empty(), (frame, us) -> sent.add(us));

    private void send(int packet) {
        audio.sendUsual(TestFrames.cutAudio(packet * PACKET_US, 100));
    }

    private static List<Long> packets(int count) {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            times.add(i * PACKET_US);
        }
        return times;
    }

    @Test
    void whatABrowserNeedsInHandToBegin_leavesTogether_andEachPacketByItselfThen() {
        for (int i = 0; i < 3; i++) {
            send(i);
            assertEquals(List.of(), sent);
        }
        send(3);
        assertEquals(packets(4), sent);
        send(4);
        assertEquals(packets(5), sent);
    }

    @Test
    void soundThatIsOverBefore_leavesAtItsEnd() {
        send(0);
        audio.flush();
        assertEquals(packets(1), sent);
        audio.flush();
        assertEquals(packets(1), sent);
    }

    @Test
    void soundWithAHole_isNotWaitedForForEver() {
        send(0);
        send(1000);
        assertEquals(2, sent.size());
    }

    @Test
    void soundThatGoesBackInTime_isBounded() {
        for (int i = 100; i > 0; i--) {
            send(i);
        }
        assertEquals(100, sent.size());
    }
}
