package org.reelcast.bench.run;

import com.google.gson.JsonObject;

/** Numbers as people read them. */
public final class Figures {
    private Figures() {}

    /** What the server takes beside FFmpeg alone; NaN where that does nothing like it. */
    static JsonObject beside(double serverCores, double floorCores) {
        JsonObject figures = new JsonObject();
        figures.addProperty("serverCores", round(serverCores));
        figures.addProperty("floorCores", round(floorCores));
        figures.addProperty("ratio", round(serverCores / floorCores));
        return figures;
    }

    /** To three significant digits; null when it is none. */
    public static Double round(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return null;
        }
        if (value == 0) {
            return 0.0;
        }
        double scale = Math.pow(10, 2 - Math.floor(Math.log10(Math.abs(value))));
        return scale >= 1 ? Math.round(value * scale) / scale : (double) Math.round(value);
    }
}
