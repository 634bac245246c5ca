package org.reelcast.signalling;

import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.publish.PublishException;
import org.reelcast.publish.PublishListener;
import org.reelcast.publish.PublishedStream;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.StreamInfo;

/** A stream that a client publishes: tells the client what becomes of it. */
final class Publication implements ClientStream, PublishListener {
    private static final Logger LOG = Logger.getLogger(Publication.class.getName());

    private final String mediaSessionId;
    private final String name;
    private final Connection connection;
    private PublishedStream published;
    private String stopped;

    Publication(String mediaSessionId, String name, Connection connection) {
        this.mediaSessionId = mediaSessionId;
        this.name = name;
        this.connection = connection;
    }

    @Override
    public String mediaSessionId() {
        return mediaSessionId;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String verb() {
        return "publishes";
    }

    @Override
    public void start(Connections services, String offer) {
        PublishedStream started;
        try {
            started = services.publishers().publish(mediaSessionId, name, offer, this);
        } catch (PublishException e) {
            LOG.warning(() -> name + " cannot be published: " + e.getMessage());
            onEnd(StreamEnd.failed(e.info()));
            return;
        } catch (RuntimeException | Error e) {
            LOG.log(Level.SEVERE, "Unexpected error when " + name + " was to be published", e);
            onEnd(StreamEnd.failed(StreamInfo.FAILED_BY_ERROR));
            return;
        }
        connection.send(StreamStatusEvent.answer(mediaSessionId, started.answer()));
        String early;
        synchronized (this) {
            published = started;
            early = stopped;
        }
        if (early != null) {
            started.unpublish(early);
        }
    }

    @Override
    public void stop(String info) {
        PublishedStream running;
        synchronized (this) {
            stopped = info;
            running = published;
        }
        if (running != null) {
            running.unpublish(info);
        }
    }

    @Override
    public void onPublishing(Stream stream) {
        connection.send(StreamStatusEvent.publishing(stream, false));
    }

    @Override
    public void onEnd(StreamEnd end) {
        connection.send(StreamStatusEvent.publishEnded(mediaSessionId, name, end, Optional.empty()));
        connection.onStreamEnd(this, end);
    }
}
