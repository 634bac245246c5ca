package org.reelcast.output.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.codec.ffmpeg.RtmpAddress;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

class PushTargetTest {

    @ParameterizedTest
    @CsvSource({
        "rtmp://host/live, false, live, rtmp_test, rtmp://host",
        "rtmp://user:pass@host:1936/live/, false, live, rtmp_test, rtmp://host:1936",
        "RTMPS://host/app/instance?token=1, false, app/instance?token=1, rtmp_test, rtmps://host",
        "rtmp://host/live/key, true, live, key, rtmp://host",
        "rtmps://host:443/rtmp/FB-1?s_ps=1&a=Abx, true, rtmp, FB-1?s_ps=1&a=Abx, rtmps://host:443",
        "rtmp://[::1]/live, false, live, rtmp_test, rtmp://[::1]",
    })
    void of_rtmpUrl_hasApplicationAndName(String url, boolean full, String application, String name, String server)
            throws Exception {
        PushTarget target = PushTarget.of("test", url, full, "rtmp_");
        assertEquals(application, target.address().application());
        assertEquals(name, target.address().playPath());
        assertEquals(name, target.remoteName());
        assertEquals(server, target.address().server());
    }

    @Test
    void of_streamByUri_isOneNameThere() throws Exception {
        assertEquals(
                "rtmp_vod-live%3A%2F%2Ffolder%2Ffilm.mp4",
                PushTarget.of("vod-live://folder/film.mp4", "rtmp://host/live", false, "rtmp_")
                        .remoteName());
    }

    @ParameterizedTest
    @CsvSource({
        "rtmps://127.0.0.1/live, false",
        "rtmps://[::1]/live, false",
        "rtmps://192.0.2.1:443/live, false",
        "rtmps://2130706433/live, false",
        "rtmps://host/live, true",
        "rtmps://1.example/live, true",
        "rtmps://host-1/live, true",
        "rtmp://127.0.0.1/live, true"
    })
    void checkNamed_addressByTls_isRefused(String url, boolean named) throws Exception {
        PushTarget target = PushTarget.of("test", url, false, "rtmp_");
        if (named) {
            target.checkNamed();
        } else {
            assertEquals(
                    StatusText.BAD_URI,
                    assertThrows(Refusal.class, target::checkNamed).status());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host/live",
                "http://host/live",
                "rtmp:live",
                "rtmp:///live",
                "rtmp://host",
                "rtmp://host/",
                "rtmp://ho st/live",
                "rtmp://host/live\nx",
                "rtmpt://host/live",
                "file:///etc/passwd"
            })
    void of_anythingElse_isRefused(String url) {
        assertEquals(
                StatusText.BAD_URI,
                assertThrows(Refusal.class, () -> PushTarget.of("test", url, false, "rtmp_"))
                        .status());
    }

    @Test
    void of_fullUrlWithoutName_isRefused() {
        assertThrows(Refusal.class, () -> PushTarget.of("test", "rtmp://host/live", true, "rtmp_"));
        assertThrows(Refusal.class, () -> PushTarget.of("test", "rtmp://host/" + "x".repeat(3000), false, ""));
    }

    @ParameterizedTest
    @CsvSource({
        "rtmp://host/live, rtmp://5.9.10.77/live",
        "rtmp://user:pass@host:1936/host/?host=1, rtmp://user:pass@5.9.10.77:1936/host/?host=1",
        "rtmp://[2a01::1]:1936/live, rtmp://5.9.10.77:1936/live",
        "rtmps://host/live, rtmps://host/live",
    })
    void address_ofAPlace_isConnectedToThere(String url, String placed) throws Exception {
        PushTarget target = PushTarget.of("test", url, false, "rtmp_");
        RtmpAddress address = target.address(InetAddress.getByName("5.9.10.77"));
        assertEquals(placed, address.url());
        assertEquals(target.address().server(), address.server());
    }

    @Test
    void isSame_streamAndUrl() throws Exception {
        PushTarget one = PushTarget.of("test", "rtmp://host/live", false, "rtmp_");
        assertTrue(one.isSame(PushTarget.of("test", "rtmp://host/live", false, "rtmp_")));
        assertFalse(one.isSame(PushTarget.of("other", "rtmp://host/live", false, "rtmp_")));
        assertFalse(one.isSame(PushTarget.of("test", "rtmp://host/other", false, "rtmp_")));
    }
}
