package org.reelcast.source.vod.probe;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import org.reelcast.rendition.film.Delivery;
import org.reelcast.rendition.film.FilmReport;
import org.reelcast.rendition.film.Handling;
import org.reelcast.rendition.film.TrackReport;

/** Reports on films as JSON. */
public final class ReportJson {
    private static final double THOUSAND = 1000;

    private ReportJson() {}

    public static JsonObject of(FilmReport report) {
        JsonArrayBuilder tracks = Json.createArrayBuilder();
        report.tracks().forEach(track -> tracks.add(json(track)));
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("film", report.name())
                .add("plays", report.refusal().isEmpty())
                .add("how", word(report.handling()))
                .add("cores", rounded(report.cores()))
                .add("tracks", tracks)
                .add("warnings", Json.createArrayBuilder(report.warnings()));
        if (report.seconds() > 0) {
            json.add("seconds", rounded(report.seconds()));
        }
        report.refusal().ifPresent(why -> json.add("refusal", why));
        report.cure().ifPresent(command -> json.add("cure", command));
        return json.build();
    }

    private static JsonObjectBuilder json(TrackReport report) {
        return Json.createObjectBuilder()
                .add("number", report.track().number())
                .add("kind", report.track().kind().token())
                .add("codec", report.track().codec())
                .add("language", report.track().language())
                .add("looks", report.looks())
                .add("webrtc", json(report.webrtc()))
                .add("segments", json(report.segments()));
    }

    private static JsonObjectBuilder json(Delivery delivery) {
        JsonObjectBuilder json =
                Json.createObjectBuilder().add("how", word(delivery.how())).add("cores", rounded(delivery.cores()));
        delivery.why().ifPresent(why -> json.add("why", why));
        return json;
    }

    private static String word(Handling handling) {
        return handling.words();
    }

    /** To three places. */
    private static double rounded(double value) {
        return Math.round(value * THOUSAND) / THOUSAND;
    }
}
