package org.reelcast.output.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.reelcast.rtp.RtpFrame;
import org.reelcast.rtp.TestFrames;

class FanoutTest {
    private final RtpFrame first = TestFrames.cutVideo(true, 0, 3000);
    private final RtpFrame second = TestFrames.cutVideo(false, 33_333, 2000);
    private final RtpFrame sound = TestFrames.cutAudio(40_000, 300);

    @Test
    void byPicture_pictureAndItsSound_stayTogether() {
        assertEquals(List.of(List.of(first, sound)), Fanout.byPicture(List.of(first, sound)));
        assertEquals(List.of(List.of(sound, first, sound)), Fanout.byPicture(List.of(sound, first, sound)));
        assertEquals(List.of(List.of(sound, sound)), Fanout.byPicture(List.of(sound, sound)));
        assertEquals(List.of(), Fanout.byPicture(List.of()));
    }

    @Test
    void byPicture_severalThatAreLateTogether_areParted() {
        assertEquals(List.of(List.of(first, sound), List.of(second)), Fanout.byPicture(List.of(first, sound, second)));
        assertEquals(
                List.of(List.of(sound, first), List.of(second, sound), List.of(second)),
                Fanout.byPicture(List.of(sound, first, second, sound, second)));
    }
}
