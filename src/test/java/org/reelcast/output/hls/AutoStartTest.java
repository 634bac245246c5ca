package org.reelcast.output.hls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.reelcast.loop.FakeLoop;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.SourceTraits;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamSource;
import org.reelcast.stream.Streams;

/** What is published is delivered at once where a setting says so; films, and streams made of streams, are not. */
class AutoStartTest {
    private final Streams streams = new Streams(Runnable::run);
    private final List<String> started = new ArrayList<>();

    private void add(String name, Optional<String> mediaProvider) throws Refusal {
        streams.add(new Stream(name, new FakeLoop(), SourceTraits.CAMERA, List.of(), new StreamSource() {
            @Override
            public void end(StatusText why) {
                // as the test says
            }

            @Override
            public Optional<String> mediaProvider() {
                return mediaProvider;
            }
        }));
    }

    @Test
    void publishedStreams_areStarted_andOthersAreNot() throws Refusal {
        AutoStart.ofPublished(streams, name -> {
            started.add(name);
            return CompletableFuture.failedFuture(new Refusal(StatusText.NO_COMMON_CODECS, "no H.264"));
        });
        add("camera", Optional.of("WebRTC"));
        add("mix", Optional.empty());
        add("other", Optional.of("WebRTC"));
        assertEquals(List.of("camera", "other"), started);
    }
}
