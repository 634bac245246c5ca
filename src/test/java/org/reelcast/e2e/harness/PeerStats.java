package org.reelcast.e2e.harness;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What Chromium's getStats said last of one peer connection, and when its steps came (see {@code measure.js}). */
public final class PeerStats {
    private static final int LEAST_SKEWS = 10;

    private final JsonObject json;

    PeerStats(JsonObject json) {
        this.json = json;
    }

    public long framesDecoded() {
        return (long) value("video", "framesDecoded");
    }

    /** Whole frames that came, whether the browser found the time to decode them or not. */
    public long framesReceived() {
        return (long) value("video", "framesReceived");
    }

    public long framesDropped() {
        return (long) value("video", "framesDropped");
    }

    /** How often the picture stood still; Chromium calls it a pause, no freeze, after 5 s without a packet. */
    public long freezes() {
        return (long) (value("video", "freezeCount") + value("video", "pauseCount"));
    }

    /** How long the picture stood still in all freezes together, in s. */
    public double freezeSeconds() {
        return value("video", "totalFreezesDuration") + value("video", "totalPausesDuration");
    }

    public long pictureLossIndications() {
        return (long) value("video", "pliCount");
    }

    public int width() {
        return (int) value("video", "frameWidth");
    }

    /** Packets of both kinds that did not come, retransmission counted as having come. */
    public long packetsLost() {
        return (long) (value("video", "packetsLost") + value("audio", "packetsLost"));
    }

    public long packetsReceived() {
        return (long) (value("video", "packetsReceived") + value("audio", "packetsReceived"));
    }

    /** Grows with the squared loudness of what was played out; 0 is silence (W3C webrtc-stats). */
    public double audioEnergy() {
        return value("audio", "totalAudioEnergy");
    }

    /** Samples that the player had to invent for lack of packets. */
    public long concealedSamples() {
        return (long) value("audio", "concealedSamples") - (long) value("audio", "silentConcealedSamples");
    }

    public long audioPacketsReceived() {
        return (long) value("audio", "packetsReceived");
    }

    /** The part of the sound played so far that the player had to invent. */
    public double concealedShare() {
        return concealedSamples() / Math.max(1, value("audio", "totalSamplesReceived"));
    }

    public long framesSent() {
        return (long) value("sentVideo", "framesSent");
    }

    public long keyFramesSent() {
        return (long) value("sentVideo", "keyFramesEncoded");
    }

    public long audioPacketsSent() {
        return (long) value("sentAudio", "packetsSent");
    }

    /** Of these, those before the first picture went out, or up to 0.1 s after it. */
    public long audioPacketsSentFirst() {
        return json.has("soundFirst") ? json.get("soundFirst").getAsLong() : 0;
    }

    public int sentWidth() {
        return (int) value("sentVideo", "frameWidth");
    }

    /** Payload of the picture, retransmissions counted. */
    public long videoBytesSent() {
        return (long) value("sentVideo", "bytesSent");
    }

    public double sentFramesPerSecond() {
        return value("sentVideo", "framesPerSecond");
    }

    /** What the encoder is told to make, bits a second. */
    public long targetBitrate() {
        return (long) value("sentVideo", "targetBitrate");
    }

    /** What Chromium believes that its way to the server carries, bits a second. */
    public long outgoingBitrate() {
        return (long) value("path", "availableOutgoingBitrate");
    }

    /** Why the picture is smaller or rarer than the camera gives it: {@code none}, {@code bandwidth}, {@code cpu}. */
    public String limitedBy() {
        JsonElement sent = json.get("sentVideo");
        return sent.isJsonObject()
                ? sent.getAsJsonObject().get("qualityLimitationReason").getAsString()
                : "";
    }

    public boolean hasVideo() {
        return json.get("video").isJsonObject();
    }

    public boolean hasAudio() {
        return json.get("audio").isJsonObject();
    }

    /** Whether sound and picture played together for long enough to tell {@link #lipSyncMs}. */
    public boolean tellsLipSync() {
        return json.getAsJsonArray("skewsMs").size() >= LEAST_SKEWS;
    }

    /** Median over the play of sound's media time less picture's at the same moment, in ms. */
    public double lipSyncMs() {
        List<Double> skews = new ArrayList<>();
        for (JsonElement sample : json.getAsJsonArray("skewsMs")) {
            skews.add(sample.getAsDouble());
        }
        if (skews.size() < LEAST_SKEWS) {
            throw new AssertionError("Too few samples of lip sync: " + json);
        }
        skews.sort(null);
        return skews.get(skews.size() / 2);
    }

    /**
     * By how many ms after the first sound packet came the browser began to play sound, at least; below 0 when its
     * output ran before.
     */
    public double soundLateMs() {
        return json.get("soundLateMs").getAsDouble();
    }

    /** Sound's media time less picture's now, in ms. */
    public double latestLipSyncMs() {
        JsonArray samples = json.getAsJsonArray("skewsMs");
        return samples.isEmpty() ? Double.NaN : samples.get(samples.size() - 1).getAsDouble();
    }

    /** For how many ms on average the browser held the pictures that it has shown since {@code earlier}. */
    public double heldMsSince(PeerStats earlier) {
        double emitted =
                value("video", "jitterBufferEmittedCount") - earlier.value("video", "jitterBufferEmittedCount");
        if (emitted <= 0) {
            throw new AssertionError("No picture was shown meanwhile: " + json);
        }
        return 1000 * (value("video", "jitterBufferDelay") - earlier.value("video", "jitterBufferDelay")) / emitted;
    }

    /** @return ms from one step to another; empty when one of them did not come */
    public OptionalDouble between(String from, String to) {
        JsonObject marks = json.getAsJsonObject("marks");
        if (!marks.has(from) || !marks.has(to)) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(marks.get(to).getAsDouble() - marks.get(from).getAsDouble());
    }

    private double value(String kind, String field) {
        JsonElement stats = json.get(kind);
        if (stats == null || !stats.isJsonObject()) {
            return 0;
        }
        JsonElement value = stats.getAsJsonObject().get(field);
        return value == null || value.isJsonNull() ? 0 : value.getAsDouble();
    }

    @Override
    public String toString() {
        return json.toString();
    }
}
