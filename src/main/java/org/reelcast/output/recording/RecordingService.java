package org.reelcast.output.recording;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.Closeable;
import java.util.Optional;
import org.reelcast.loop.BoundedExecutor;
import org.reelcast.refusal.Refusal;
import org.reelcast.server.Feature;
import org.reelcast.server.ServerContext;
import org.reelcast.signalling.Client;
import org.reelcast.signalling.PublishRecorder;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Holder;
import org.reelcast.stream.Stream;
import org.reelcast.stream.Streams;
import org.reelcast.stream.TrackChoice;

/** Recording: finishes what was cut off when the server starts, records streams, and ends recordings with it. */
@ApplicationScoped
public class RecordingService implements Feature, PublishRecorder {
    private static final long FINISH_MS = 10_000;
    /** Recordings that are written to at the same time: a slow disk holds up that many before others wait. */
    private static final int WRITERS = 32;
    /** A recording is written to a few times a second. */
    private static final long LINGER_MS = 1_000;
    private static final Holder HOLDER = Holder.output(Holder.RECORDING, TrackChoice.ORIGINAL);

    private Streams streams;
    private Recordings recordings;

    /** For the container. */
    public RecordingService() {
    }

    @Override
    public Stage stage() {
        return Stage.OUTPUT;
    }

    @Override
    public Closeable start(ServerContext server) {
        streams = server.streams();
        recordings = new Recordings(server.settings(),
                new BoundedExecutor(server.executor(), WRITERS, LINGER_MS), server.executor());
        recordings.start();
        return () -> recordings.close(FINISH_MS);
    }

    Recordings recordings() {
        return recordings;
    }

    /**
     * Records a running stream that others can join, from its next key frame on.
     *
     * @param template of the file's name; by {@code stream_record_policy} when empty
     * @param rotation by {@code record_rotation} when empty
     * @throws Refusal {@code Stream not found}, or when the folder cannot be written or there is no room
     */
    void record(String mediaSessionId, Optional<String> template, Optional<Rotation> rotation) throws Refusal {
        Hold hold = streams.openByMediaSession(mediaSessionId, HOLDER);
        recordings.start(hold, new RecordRequest(mediaSessionId, hold.stream().name(), "", "", template, rotation));
    }

    @Override
    public Optional<Recording> record(Stream stream, Client client) throws Refusal {
        if (!recordings.recordsPublished()) {
            return Optional.empty();
        }
        Hold hold = streams.openByMediaSession(stream.mediaSessionId(), HOLDER);
        Recorder recorder = recordings.start(hold, new RecordRequest(stream.mediaSessionId(), stream.name(),
                client.login(), client.address(), Optional.empty(), Optional.empty()));
        return Optional.of(() -> recorder.finished().thenApply(end -> new End(end.fileName(), end.reason())));
    }
}
