package org.reelcast.source.vod;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;
import org.reelcast.storage.SourceId;
import org.reelcast.stream.FilmBroadcast;

/**
 * Which picture a broadcast shows at what time of day: all that is needed is in here, whoever reads it and when.
 * Positions are on the timeline of all passes of a looped film, in µs; integers all the way, so nothing drifts.
 *
 * @param size       of the film in bytes
 * @param version    of the film: its ETag or modification time, shortened
 * @param passUs     how long the film is, and so one pass of it when it is looped, in µs; 0 while that is not known
 * @param looped     whether it starts over at its end
 * @param startUs    a moment, in µs since 1970
 * @param positionUs what is shown at that moment
 * @param epoch      how often the two were set, from 1 on: of two timelines of a broadcast the higher one holds
 */
record BroadcastTimeline(
        long size, String version, long passUs, boolean looped, long startUs, long positionUs, int epoch)
        implements FilmBroadcast.Timetable {
    /** It always fits in here. */
    static final int MAX_JSON_BYTES = 300;

    private static final Pattern SHORT = Pattern.compile("[\\w.:-]{1,64}");
    /** The only rate there is so far: one that a reader does not know must not be taken for this. */
    private static final int RATE = 1;

    /** The broadcast of a film that shows {@code positionUs} at {@code startUs}. */
    static BroadcastTimeline of(SourceId film, long passUs, boolean looped, long startUs, long positionUs, int epoch) {
        return new BroadcastTimeline(
                film.size(), shortened(film.version()), passUs, looped, startUs, positionUs, epoch);
    }

    private static String shortened(String version) {
        return SHORT.matcher(version).matches()
                ? version
                : UUID.nameUUIDFromBytes(version.getBytes(StandardCharsets.UTF_8))
                        .toString();
    }

    /** Whether it is of the film as it is now. */
    boolean isOf(SourceId film) {
        return size == film.size() && version.equals(shortened(film.version()));
    }

    @Override
    public long positionUs(long timeUs) {
        return positionUs + (timeUs - startUs);
    }

    @Override
    public long beginUs() {
        return positionUs;
    }

    @Override
    public long whenDueUs(long position) {
        return startUs + (position - positionUs);
    }

    /** In which pass a position lies, the first being 0. */
    long pass(long position) {
        return looped && passUs > 0 ? Math.floorDiv(position, passUs) : 0;
    }

    /** A position within its pass. */
    long inPassUs(long position) {
        return position - pass(position) * passUs;
    }

    /** Whether a film that is not looped has ended by then. */
    boolean isOver(long timeUs) {
        return !looped && passUs > 0 && positionUs(timeUs) >= passUs;
    }

    /** The same picture at the same moment, when all times of day turn out to be later by so much. */
    BroadcastTimeline movedBy(long us) {
        return new BroadcastTimeline(size, version, passUs, looped, startUs + us, positionUs, epoch + 1);
    }

    /** The same of a film of which it is known by now how long it is. */
    BroadcastTimeline ofLength(long us) {
        return new BroadcastTimeline(size, version, us, looped, startUs, positionUs, epoch);
    }

    JsonObject toJson() {
        return Json.createObjectBuilder()
                .add("size", size)
                .add("version", version)
                .add("passUs", passUs)
                .add("loop", looped)
                .add("startUs", startUs)
                .add("positionUs", positionUs)
                .add("rate", RATE)
                .add("epoch", epoch)
                .build();
    }

    /** @throws JsonException when it is none; the message is a sentence */
    static BroadcastTimeline parse(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return of(reader.readObject());
        }
    }

    /** @throws JsonException when it is none; the message is a sentence */
    static BroadcastTimeline of(JsonObject json) {
        try {
            if (json.getJsonNumber("rate").bigDecimalValue().intValueExact() != RATE) {
                throw new JsonException("A broadcast at another rate than " + RATE + " is not known here.");
            }
            BroadcastTimeline timeline = new BroadcastTimeline(
                    exact(json, "size"),
                    json.getString("version"),
                    exact(json, "passUs"),
                    json.getBoolean("loop"),
                    exact(json, "startUs"),
                    exact(json, "positionUs"),
                    Math.toIntExact(exact(json, "epoch")));
            if (timeline.passUs < 0 || timeline.startUs < 0 || timeline.positionUs < 0 || timeline.epoch < 1) {
                throw new JsonException("A broadcast's length, start, position and epoch are not negative.");
            }
            return timeline;
        } catch (NullPointerException | ClassCastException | ArithmeticException e) {
            throw new JsonException("A broadcast's field is missing or has another type: " + e.getMessage(), e);
        }
    }

    private static long exact(JsonObject json, String field) {
        return json.getJsonNumber(field).longValueExact();
    }
}
