package org.reelcast.source.vod;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.reelcast.cluster.SharedStream;
import org.reelcast.refusal.StatusText;

/**
 * What one node makes of what all share of a broadcast: a function of what is shared and of how it stands here, so that
 * nodes that compare and set it one after the other come to the same.
 *
 * @param here how it stands here
 * @param self what this node is called
 * @param live the nodes that are there, the eldest first
 */
record SharedBroadcast(Here here, String self, List<String> live) {
    static final String KIND = "vod-live";
    private static final String URI = "uri";
    private static final String TIMELINE = "timeline";

    /** Who has a part in it here. */
    enum Part {
        /** Nobody has had so far. */
        NONE,
        /** Somebody, or a moment ago. */
        VIEWED,
        /** Nobody for as long as a broadcast goes on for nobody. */
        LEFT
    }

    /**
     * A broadcast of this node.
     *
     * @param timeline null before it is settled
     * @param end      why it has ended here; null as long as it runs
     * @param broke    whether it ended because it could not go on here
     */
    record Here(
            String name,
            String mediaSessionId,
            String uri,
            BroadcastTimeline timeline,
            Part part,
            StatusText end,
            boolean broke) {}

    static String uri(SharedStream shared) {
        return shared.body().getString(URI, "");
    }

    /** What is shown when; empty before it is settled. */
    static Optional<BroadcastTimeline> timeline(SharedStream shared) {
        try {
            return Optional.ofNullable(shared.body().getJsonObject(TIMELINE)).map(BroadcastTimeline::of);
        } catch (JsonException | ClassCastException e) {
            return Optional.empty();
        }
    }

    private JsonObject body(BroadcastTimeline timeline) {
        JsonObjectBuilder body = Json.createObjectBuilder().add(URI, here.uri());
        if (timeline != null) {
            body.add(TIMELINE, timeline.toJson());
        }
        return body.build();
    }

    /** As it is shared by who has started it. */
    SharedStream own() {
        return SharedStream.running(
                here.name(),
                here.mediaSessionId(),
                KIND,
                self,
                here.part() == Part.VIEWED ? Optional.of(List.of(self)) : Optional.empty(),
                body(here.timeline()));
    }

    /** What is to be shared instead of {@code shared}. */
    Optional<SharedStream> next(Optional<SharedStream> shared) {
        if (shared.isEmpty()) {
            // lost with the nodes that kept it
            return here.end() == null ? Optional.of(own()) : shared;
        }
        SharedStream is = shared.get();
        if (!is.mediaSessionId().equals(here.mediaSessionId())) {
            return here.end() == null && (!is.isRunning() || isBefore(is)) ? Optional.of(own()) : shared;
        }
        if (!is.isRunning()) {
            return shared;
        }
        return Optional.of(here.end() == null ? running(is) : ended(is));
    }

    /** Of two that were started by one name while nodes could not see each other, the earlier goes on. */
    private boolean isBefore(SharedStream other) {
        Optional<BroadcastTimeline> theirs = timeline(other);
        if (here.timeline() == null || theirs.isEmpty()) {
            return here.timeline() != null;
        }
        int order = Long.compare(here.timeline().whenDueUs(0), theirs.get().whenDueUs(0));
        return order < 0 || order == 0 && here.mediaSessionId().compareTo(other.mediaSessionId()) < 0;
    }

    private SharedStream running(SharedStream is) {
        SharedStream next = live.contains(is.owner()) ? is : is.ownedBy(self);
        if (here.part() != Part.NONE || is.viewers().isPresent()) {
            List<String> viewers = viewers(is, here.part() != Part.LEFT);
            if (here.part() == Part.VIEWED && !viewers.contains(self)) {
                viewers.add(self);
            }
            if (here.part() == Part.LEFT && viewers.isEmpty()) {
                return is.ended(StatusText.STOPPED_BY_PUBLISHER_STOP, System.currentTimeMillis());
            }
            next = next.viewedOn(viewers);
        }
        return isNewer(is) ? next.with(body(here.timeline())) : next;
    }

    private List<String> viewers(SharedStream is, boolean withSelf) {
        Predicate<String> there = node -> live.contains(node) && (withSelf || !node.equals(self));
        return new ArrayList<>(
                is.viewers().orElse(List.of()).stream().filter(there).toList());
    }

    /** Whether what is shown when is known better here. */
    private boolean isNewer(SharedStream is) {
        BroadcastTimeline mine = here.timeline();
        BroadcastTimeline theirs = timeline(is).orElse(null);
        return mine != null
                && (theirs == null
                        || mine.epoch() > theirs.epoch()
                        || mine.epoch() == theirs.epoch() && theirs.passUs() == 0 && mine.passUs() > 0);
    }

    private SharedStream ended(SharedStream is) {
        boolean stops = here.end() == StatusText.REQUESTED_STREAM_SHUTDOWN;
        if (!stops && !here.broke()) {
            return is.ended(here.end(), System.currentTimeMillis());
        }
        List<String> viewers = viewers(is, false);
        SharedStream left = is.viewers().isPresent() ? is.viewedOn(viewers) : is;
        if (!is.owner().equals(self)) {
            return left;
        }
        Optional<String> heir = viewers.stream()
                .findFirst()
                .or(() -> live.stream()
                        .filter(node -> stops && !node.equals(self))
                        .findFirst());
        return heir.map(left::ownedBy).orElseGet(() -> is.ended(here.end(), System.currentTimeMillis()));
    }
}
