package org.reelcast.source.publish;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.logging.Logger;
import org.reelcast.cluster.OriginStreams;
import org.reelcast.live.encode.AacAudio;
import org.reelcast.loop.Admission;
import org.reelcast.loop.AnyThread;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.Streams;
import org.reelcast.webrtc.PublisherConnection;
import org.reelcast.webrtc.WebRtcTransport;

/** The streams that browsers publish: starts them, finds them, ends them. */
@AnyThread
public final class Publishers {
    private static final Logger LOG = Logger.getLogger(Publishers.class.getName());

    private final WebRtcTransport transport;
    private final Streams streams;
    private final Admission admission;
    private final long activityTimeoutUs;
    private final AacAudio.Means means;
    private final OriginStreams origins;
    private final Map<String, PublishedStream> running = new ConcurrentHashMap<>();

    /**
     * @param streams           where published streams are to be found by name
     * @param admission         whether there is room for another publisher
     * @param activityTimeoutMs how long a publisher may send nothing
     * @param executor          makes AAC of the sound for outputs that take nothing else
     * @param aacBitrate        of stereo, bits a second
     * @param origins           tells other nodes what is published here
     */
    Publishers(
            WebRtcTransport transport,
            Streams streams,
            Admission admission,
            long activityTimeoutMs,
            Executor executor,
            int aacBitrate,
            OriginStreams origins) {
        this.transport = transport;
        this.streams = streams;
        this.admission = admission;
        this.activityTimeoutUs = activityTimeoutMs * 1000;
        this.origins = origins;
        this.means = new AacAudio.Means(executor, aacBitrate);
    }

    /**
     * Answers a browser's offer. The stream can be played from now on; it shows something as soon as media comes.
     *
     * @param mediaSessionId the client's name for it
     * @param name           what viewers play it by
     * @throws Refusal when there is no room, the name is taken or the offer cannot be answered
     */
    public PublishedStream publish(String mediaSessionId, String name, String offer, PublishListener listener)
            throws Refusal {
        if (!admission.admits()) {
            throw new Refusal(StatusText.SERVER_IS_OVERLOADED, "no room for another publisher");
        }
        if (streams.isTaken(name)) {
            throw Streams.nameTaken(name);
        }
        origins.checkFree(name);
        PublishedStream published = new PublishedStream(listener, activityTimeoutUs, means, this::onEnd);
        PublisherConnection connection = transport.receive(offer, name, published);
        published.open(connection, apart(connection, offer, published), mediaSessionId, name);
        running.put(mediaSessionId, published);
        try {
            streams.add(published.stream());
        } catch (Refusal e) {
            running.remove(mediaSessionId, published);
            published.disconnect();
            throw e;
        }
        origins.started(published.stream());
        return published;
    }

    /** The connection of the sound, which the offer does not bundle with the picture; null for none. */
    private PublisherConnection apart(PublisherConnection first, String offer, PublishedStream published)
            throws Refusal {
        if (first.apart().isEmpty()) {
            return null;
        }
        try {
            return transport.receiveApart(offer, published.apart(), first);
        } catch (Refusal e) {
            // sound that cannot be had was left out when the offer was read
            first.close();
            throw e;
        }
    }

    private void onEnd(PublishedStream published) {
        streams.remove(published.stream());
        origins.ended(published.stream());
        running.remove(published.stream().mediaSessionId(), published);
        LOG.info(published::summary);
    }

    /** The streams that {@code criteria} holds for. */
    public List<PublishedStream> find(Predicate<PublishedStream> criteria) {
        return running.values().stream().filter(criteria).toList();
    }

    /**
     * Ends the streams that {@code criteria} holds for.
     *
     * @param why for the publisher and the viewers
     * @return how many there were
     */
    public int end(Predicate<PublishedStream> criteria, StatusText why) {
        List<PublishedStream> matching = find(criteria);
        matching.forEach(published -> published.end(why));
        return matching.size();
    }
}
