package org.reelcast.signalling;

import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.output.recording.RecordRequest;
import org.reelcast.output.recording.Recorder;
import org.reelcast.output.recording.Recordings;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.source.publish.PublishListener;
import org.reelcast.source.publish.PublishedStream;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.StreamStatus;

/** A stream that a client publishes: tells the client what becomes of it. */
final class Publication extends ClientStream implements PublishListener {
    private static final Logger LOG = Logger.getLogger(Publication.class.getName());

    private final boolean record;
    /** Set before the answer can reach the publisher; null when it is not recorded. */
    private volatile Recorder recorder;
    /** Why it is not recorded though the client wants it; set before the answer can reach the publisher. */
    private volatile StatusText notRecorded;

    /** @param record whether the client wants it recorded */
    Publication(String mediaSessionId, String name, boolean record, Connection connection) {
        super(mediaSessionId, name, connection);
        this.record = record;
    }

    @Override
    String verb() {
        return "publishes";
    }

    @Override
    void start(Connections services, String offer) {
        PublishedStream published;
        try {
            published = services.publishers().publish(mediaSessionId(), name(), offer, this);
        } catch (Refusal e) {
            LOG.warning(() -> name() + " cannot be published: " + e.getMessage());
            onEnd(StreamEnd.failed(e.status()));
            return;
        } catch (RuntimeException | Error e) {
            LOG.log(Level.SEVERE, "Unexpected error when " + name() + " was to be published", e);
            onEnd(StreamEnd.failed(StatusText.FAILED_BY_ERROR));
            return;
        }
        record(services.recordings(), published.stream());
        connection().send(StreamStatusEvent.answer(mediaSessionId(), published.answer()));
        started(published::unpublish);
    }

    /** A stream that cannot be recorded is published all the same, as one that is not. */
    private void record(Recordings recordings, Stream stream) {
        if (!record || !recordings.recordsPublished()) {
            return;
        }
        try {
            recorder = recordings.start(stream, new RecordRequest(mediaSessionId(), name(), connection().login(),
                    connection().address(), Optional.empty(), Optional.empty()));
        } catch (Refusal e) {
            LOG.warning(() -> name() + " is not recorded: " + e.getMessage());
            notRecorded = e.status();
        }
    }

    /** Publishing goes on, so it is an event, no status: the SDK would take any status for a new beginning. */
    private void tellRecordingFailed(StatusText why, Optional<String> recordName) {
        connection().send(StreamStatusEvent.recordingFailed(mediaSessionId(), why.text(), recordName));
    }

    @Override
    public void onPublishing(Stream stream) {
        connection().send(StreamStatusEvent.publishing(stream, recorder != null));
        if (notRecorded != null) {
            tellRecordingFailed(notRecorded, Optional.empty());
        } else if (recorder != null) {
            recorder.finished().thenAccept(recorded -> recorded.reason()
                    .ifPresent(why -> tellRecordingFailed(why, recorded.fileName())));
        }
    }

    /**
     * The client hears of it when the recording is finished, since only then the file has its name. That the recording
     * failed is more to the client than that it stopped the stream itself.
     */
    @Override
    public void onEnd(StreamEnd end) {
        if (recorder == null) {
            tellEnd(notRecorded == null ? end : withInfo(end, notRecorded), Optional.empty());
        } else {
            recorder.finished().thenAccept(recorded -> tellEnd(
                    recorded.reason().map(info -> withInfo(end, info)).orElse(end), recorded.fileName()));
        }
    }

    private static StreamEnd withInfo(StreamEnd end, StatusText info) {
        return end.status() == StreamStatus.UNPUBLISHED ? StreamEnd.unpublished(info) : end;
    }

    private void tellEnd(StreamEnd end, Optional<String> recordName) {
        connection().send(StreamStatusEvent.publishEnded(mediaSessionId(), name(), end, recordName));
        connection().onStreamEnd(this, end);
    }
}
