package org.reelcast.source.publish;

import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.signalling.ClientStream;
import org.reelcast.signalling.PublishRecorder;
import org.reelcast.signalling.StreamRequest;
import org.reelcast.signalling.StreamStatusEvent;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.StreamStatus;

/** A stream that a client publishes: tells the client what becomes of it. */
final class Publication extends ClientStream implements PublishListener {
    private static final Logger LOG = Logger.getLogger(Publication.class.getName());

    private final Publishers publishers;
    private final PublishRecorder recorder;
    /** Set before the answer can reach the publisher; empty when it is not recorded. */
    private volatile Optional<PublishRecorder.Recording> recording = Optional.empty();
    /** Why it is not recorded though the client wants it; set before the answer can reach the publisher. */
    private volatile StatusText notRecorded;

    /** @param recorder records it if the client wants that */
    Publication(StreamRequest request, Publishers publishers, PublishRecorder recorder) {
        super(request);
        this.publishers = publishers;
        this.recorder = recorder;
    }

    @Override
    public String verb() {
        return "publishes";
    }

    @Override
    public void start(String offer) {
        PublishedStream published;
        try {
            published = publishers.publish(mediaSessionId(), name(), offer, this);
        } catch (Refusal e) {
            logRefusal(e);
            onEnd(StreamEnd.failed(e));
            return;
        } catch (RuntimeException | Error e) {
            LOG.log(Level.SEVERE, "Unexpected error when " + name() + " was to be published", e);
            onEnd(StreamEnd.failed(StatusText.FAILED_BY_ERROR));
            return;
        }
        try {
            record(published.stream());
        } catch (RuntimeException | Error e) {
            LOG.log(Level.SEVERE, "Unexpected error when " + name() + " was to be recorded", e);
            published.fail(StatusText.FAILED_BY_ERROR);
            return;
        }
        send(StreamStatusEvent.answer(mediaSessionId(), published.answer()));
        started(published::unpublish);
    }

    @Override
    public String client() {
        return request().client().remote();
    }

    /** A stream that cannot be recorded is published all the same, as one that is not. */
    private void record(Stream stream) {
        if (!request().record()) {
            return;
        }
        try {
            recording = recorder.record(stream, request().client());
        } catch (Refusal e) {
            request().client().log(Level.WARNING, () -> name() + " is not recorded: " + e.getMessage());
            notRecorded = e.status();
        }
    }

    /** Publishing goes on, so it is an event, no status: the SDK would take any status for a new beginning. */
    private void tellRecordingFailed(StatusText why, Optional<String> recordName) {
        send(StreamStatusEvent.recordingFailed(mediaSessionId(), why.text(), recordName));
    }

    @Override
    public void onPublishing(Stream stream) {
        send(StreamStatusEvent.publishing(stream, recording.isPresent(), PublishService.MEDIA_PROVIDER));
        if (notRecorded != null) {
            tellRecordingFailed(notRecorded, Optional.empty());
        }
        recording.ifPresent(running -> running.finished()
                .thenAccept(recorded ->
                        recorded.failure().ifPresent(why -> tellRecordingFailed(why, recorded.fileName()))));
    }

    /**
     * The client hears of it when the recording is finished, since only then the file has its name. That the recording
     * failed is more to the client than that it stopped the stream itself.
     */
    @Override
    public void onEnd(StreamEnd end) {
        recording.ifPresentOrElse(
                running -> running.finished()
                        .thenAccept(recorded -> tellEnd(
                                recorded.failure()
                                        .map(why -> withReason(end, why))
                                        .orElse(end),
                                recorded.fileName())),
                () -> tellEnd(notRecorded == null ? end : withReason(end, notRecorded), Optional.empty()));
    }

    private static StreamEnd withReason(StreamEnd end, StatusText why) {
        return end.status() == StreamStatus.UNPUBLISHED ? StreamEnd.unpublished(why) : end;
    }

    private void tellEnd(StreamEnd end, Optional<String> recordName) {
        send(StreamStatusEvent.publishEnded(mediaSessionId(), name(), end, recordName));
        ended(end);
    }
}
