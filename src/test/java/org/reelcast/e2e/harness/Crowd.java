package org.reelcast.e2e.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.reelcast.webrtc.client.ClientNetwork;

/** Light viewers of one stream, each at a server; all of them play. */
public final class Crowd implements AutoCloseable {
    private final List<LightViewer> viewers = new ArrayList<>();

    private Crowd() {}

    /** They come all at once, one to each server that is named. */
    public static Crowd join(ClientNetwork network, String stream, List<ReelcastProcess> servers) {
        Crowd crowd = new Crowd();
        List<LightViewer> joining = Collections.synchronizedList(new ArrayList<>());
        try {
            servers.parallelStream().forEach(server -> joining.add(new LightViewer(network, server, stream)));
            joining.forEach(LightViewer::awaitPlaying);
            return crowd;
        } finally {
            crowd.viewers.addAll(joining);
        }
    }

    /** The same, all to one. */
    public static Crowd join(ClientNetwork network, String stream, ReelcastProcess server, int count) {
        return join(network, stream, Collections.nCopies(count, server));
    }

    public int size() {
        return viewers.size();
    }

    /** Waits until the server sends them away, for that reason. */
    public void awaitStopped(String why) {
        viewers.forEach(viewer -> assertEquals(why, viewer.awaitStopped()));
    }

    /** They leave, and each was shown so many frames. */
    public void assertPlayed(long frames) {
        close();
        for (LightViewer viewer : viewers) {
            assertTrue(
                    viewer.video().frames() >= frames,
                    () -> "only " + viewer.video().frames() + " of " + frames);
        }
    }

    /** The same, and nothing was lost on the way to them. */
    public void assertLostNothing(long frames) {
        assertPlayed(frames);
        for (LightViewer viewer : viewers) {
            assertEquals(0, viewer.video().missing(), "packets of the picture");
            assertEquals(0, viewer.audio().missing(), "packets of the sound");
        }
    }

    /** They go. */
    @Override
    public void close() {
        viewers.forEach(LightViewer::close);
    }
}
