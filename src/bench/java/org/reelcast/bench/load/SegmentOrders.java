package org.reelcast.bench.load;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

/** Players that take no packets: by HLS and by MSE. */
final class SegmentOrders {
    private final HttpClient http;
    private final List<MseGuest> guests = new ArrayList<>();
    private HlsCrowd crowd;

    SegmentOrders(HttpClient http) {
        this.http = http;
    }

    JsonObject playHls(JsonObject order) throws IOException {
        crowd = new HlsCrowd(
                URI.create(order.get("url").getAsString()),
                order.get("count").getAsInt(),
                order.get("parts").getAsBoolean());
        return new JsonObject();
    }

    JsonObject mark() {
        crowd.mark();
        return new JsonObject();
    }

    JsonObject report() {
        return crowd.report();
    }

    JsonObject playMse(JsonObject order) {
        long startUs = WallClock.nowUs();
        long spacingUs = order.get("spacingUs").getAsLong();
        int count = order.get("count").getAsInt();
        List<MseGuest> joined = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            LockSupport.parkNanos(Math.max(0, startUs + i * spacingUs - WallClock.nowUs()) * 1000);
            MseGuest guest = new MseGuest(http, URI.create(order.get("url").getAsString()));
            joined.add(guest);
            guest.join(order.get("stream").getAsString());
        }
        guests.addAll(joined);
        long untilUs = startUs + count * spacingUs + order.get("limitMs").getAsLong() * 1000;
        while (WallClock.nowUs() < untilUs
                && joined.stream().anyMatch(guest -> !guest.hasPicture() && guest.failure() == null)) {
            LockSupport.parkNanos(10_000_000);
        }
        JsonArray times = new JsonArray();
        joined.stream().filter(MseGuest::hasPicture).forEach(guest -> times.add(guest.firstPictureUs() / 1000.0));
        JsonArray failures = new JsonArray();
        joined.stream().map(MseGuest::failure).filter(Objects::nonNull).forEach(failures::add);
        JsonObject answer = new JsonObject();
        answer.add("firstPictureMs", times);
        answer.add("failures", failures);
        return answer;
    }

    JsonObject bytes() {
        JsonObject answer = new JsonObject();
        answer.addProperty("bytes", guests.stream().mapToLong(MseGuest::bytes).sum());
        return answer;
    }

    JsonObject leave() {
        if (crowd != null) {
            crowd.close();
            crowd = null;
        }
        guests.forEach(MseGuest::leave);
        guests.clear();
        return new JsonObject();
    }
}
