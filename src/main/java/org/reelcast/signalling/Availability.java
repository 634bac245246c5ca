package org.reelcast.signalling;

import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.Streams;

/**
 * Answers clients who ask whether a stream can be played. A film is opened for it, by those who open it for viewers.
 */
final class Availability {
    private static final Logger LOG = Logger.getLogger(Availability.class.getName());

    private final Streams streams;

    Availability(Streams streams) {
        this.streams = streams;
    }

    void answer(Message message, Client client) {
        String id = message.string("mediaSessionId");
        String name = message.string("name");
        try {
            Streams.checkName(name);
            client.shareOf(streams.opener(name, client.remote()))
                    .execute(() -> answer(id, client, verdict(name, client.remote())));
        } catch (Refusal e) {
            answer(id, client, Optional.of(e.status()));
        } catch (RejectedExecutionException e) {
            LOG.log(Level.FINE, "Nobody looks for {0}: {1}", new Object[] {name, e.getMessage()});
            answer(id, client, Optional.of(StatusText.SERVER_IS_OVERLOADED));
        }
    }

    private Optional<StatusText> verdict(String name, String client) {
        try {
            return streams.whyUnavailable(name, client).map(Refusal::status);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.FINE, "Nobody reads {0}: {1}", new Object[] {name, e.getMessage()});
            return Optional.of(StatusText.SERVER_IS_OVERLOADED);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.SEVERE, "Unexpected error when " + name + " was looked for", e);
            return Optional.of(StatusText.FAILED_BY_ERROR);
        }
    }

    private static void answer(String id, Client client, Optional<StatusText> whyNot) {
        JsonObjectBuilder answer =
                Message.JSON.createObjectBuilder().add("id", id).add("status", Boolean.toString(whyNot.isEmpty()));
        whyNot.ifPresentOrElse(why -> answer.add("info", why.text()), () -> answer.add("info", JsonValue.NULL));
        client.send(Message.text("availableStream", answer.build()));
    }
}
