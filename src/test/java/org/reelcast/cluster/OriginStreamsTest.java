package org.reelcast.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.reelcast.loop.FakeLoop;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.Holder;
import org.reelcast.stream.SourceTraits;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamSource;
import org.reelcast.stream.TrackChoice;

class OriginStreamsTest {
    private static final Holder VIEWER = Holder.viewer("test", TrackChoice.REAL_TIME);

    private final FakeGrids grids = new FakeGrids();
    private final List<StatusText> ends = new ArrayList<>();
    private final OriginStreams a = node("a");
    private final OriginStreams b = node("b");

    private OriginStreams node(String name) {
        Cluster cluster = grids.join(name);
        OriginStreams origins = new OriginStreams(cluster, Runnable::run);
        origins.start();
        return origins;
    }

    private Stream stream(String name) {
        return new Stream(name, new FakeLoop(), SourceTraits.CAMERA, List.of(), new StreamSource() {
            @Override
            public void end(StatusText why) {
                ends.add(why);
            }
        });
    }

    @Test
    void whoAsksAnotherNode_isToldWhereTheStreamIs() throws Refusal {
        Stream camera = stream("camera");
        a.started(camera);
        grids.deliver();
        assertFalse(a.has("camera"), "it is here");
        assertTrue(b.has("camera"));
        assertEquals(Optional.of("camera"), b.nameOf(camera.mediaSessionId()));
        Refusal refused = assertThrows(Refusal.class, () -> b.open("camera", VIEWER));
        assertEquals(StatusText.STREAM_IS_ON_ANOTHER_NODE, refused.status());
        assertEquals("'camera' is to be had on node a, at ws://a.example:8080: play it there", refused.getMessage());
        a.ended(camera);
        grids.deliver();
        assertEquals(Optional.empty(), b.open("camera", VIEWER));
        assertTrue(grids.shared().isEmpty());
    }

    @Test
    void nameIsOnePublishersInAllNodes() throws Refusal {
        a.started(stream("camera"));
        grids.deliver();
        Refusal refused = assertThrows(Refusal.class, () -> b.checkFree("camera"));
        assertEquals(StatusText.STREAM_NAME_ALREADY_IN_USE, refused.status());
        a.checkFree("other");
    }

    @Test
    void ofTwoAtTheSameMoment_theSecondEnds() {
        a.started(stream("camera"));
        b.started(stream("camera"));
        assertEquals(List.of(StatusText.STREAM_NAME_ALREADY_IN_USE), ends);
        grids.deliver();
        assertFalse(a.has("camera"));
    }

    @Test
    void overWhileItIsShared_isForgotten() {
        Stream camera = stream("camera");
        grids.afterPut(() -> {
            a.ended(camera);
            grids.shared().put("stream/camera", shared("a", camera));
        });
        a.started(camera);
        grids.afterPut(() -> {});
        grids.deliver();
        assertTrue(grids.shared().isEmpty());
    }

    @Test
    void whatAnEarlierRunOfTheNodeHad_isForgotten() {
        grids.shared().put("stream/camera", shared("c", stream("camera")));
        node("c");
        grids.deliver();
        assertTrue(grids.shared().isEmpty());
    }

    @Test
    void publishedAgainBeforeTheOthersKnow_doesNotEndForItself() {
        Stream first = stream("camera");
        a.started(first);
        grids.answers("a", false);
        a.ended(first);
        Stream second = stream("camera");
        a.started(second);
        grids.answers("a", true);
        grids.deliver();
        assertTrue(ends.isEmpty());
        a.tidy();
        grids.deliver();
        assertEquals(Optional.of("camera"), b.nameOf(second.mediaSessionId()));
        grids.answers("a", false);
        a.ended(second);
        grids.answers("a", true);
        a.tidy();
        grids.deliver();
        assertTrue(grids.shared().isEmpty());
    }

    private static String shared(String node, Stream stream) {
        return SharedStream.running(
                        stream.name(),
                        stream.mediaSessionId(),
                        SharedStream.AT_ORIGIN,
                        node,
                        Optional.empty(),
                        JsonValue.EMPTY_JSON_OBJECT)
                .toJson();
    }

    @Test
    void nameOfADeadNode_isFreeAtOnce() throws Refusal {
        a.started(stream("camera"));
        grids.deliver();
        grids.kill("a");
        b.checkFree("camera");
        b.started(stream("camera"));
        grids.deliver();
        assertTrue(ends.isEmpty());
        assertTrue(grids.shared().values().iterator().next().contains("\"owner\":\"b\""));
    }

    @Test
    void whatADeadNodeHad_isForgotten() {
        a.started(stream("camera"));
        grids.deliver();
        grids.kill("a");
        grids.deliver();
        assertTrue(grids.shared().isEmpty());
    }
}
