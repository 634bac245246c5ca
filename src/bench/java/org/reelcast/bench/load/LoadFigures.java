package org.reelcast.bench.load;

import com.google.gson.JsonObject;
import java.util.Collection;

/** What all viewers of a group saw in the window, as JSON. On the loop's thread. */
final class LoadFigures {
    private static final int BINS = 500 * TransitTimes.STEPS_A_MS;

    private final long[] audioLate = new long[BINS];
    private final long[] videoLate = new long[BINS];
    private long packets;
    private long audioPackets;
    private long lost;
    private long bytes;
    private long refused;
    private long repairs;
    private int silent;

    private LoadFigures() {}

    static JsonObject of(Collection<Guest> guests, Collection<Sink> sinks) {
        LoadFigures figures = new LoadFigures();
        guests.forEach(figures::add);
        sinks.forEach(sink -> figures.add(sink.video(), sink.audio()));
        JsonObject json = new JsonObject();
        json.addProperty("viewers", guests.size() + sinks.size());
        json.addProperty("packets", figures.packets);
        json.addProperty("audioPackets", figures.audioPackets);
        json.addProperty("bytes", figures.bytes);
        json.addProperty("lost", figures.lost);
        json.addProperty("silent", figures.silent);
        json.addProperty("refused", figures.refused);
        json.addProperty("repairs", figures.repairs);
        json.addProperty("audioLateP50Ms", percentile(figures.audioLate, 0.5));
        json.addProperty("audioLateP999Ms", percentile(figures.audioLate, 0.999));
        json.addProperty("videoLateP50Ms", percentile(figures.videoLate, 0.5));
        json.addProperty("videoLateP999Ms", percentile(figures.videoLate, 0.999));
        return json;
    }

    private void add(Guest guest) {
        add(guest.media().video(), guest.media().audio());
        refused += guest.media().refused();
        repairs += guest.media().repairs();
    }

    private void add(TrackCount video, TrackCount audio) {
        long got = video.packetsInWindow() + audio.packetsInWindow();
        packets += got;
        audioPackets += audio.packetsInWindow();
        bytes += video.bytesInWindow() + audio.bytesInWindow();
        lost += video.lostInWindow() + audio.lostInWindow();
        silent += got == 0 ? 1 : 0;
        video.transit().addLateness(videoLate);
        audio.transit().addLateness(audioLate);
    }

    private static double percentile(long[] bins, double part) {
        long all = 0;
        for (long bin : bins) {
            all += bin;
        }
        long below = (long) Math.ceil(all * part);
        for (int i = 0; i < bins.length && all > 0; i++) {
            below -= bins[i];
            if (below <= 0) {
                return (i + 1.0) / TransitTimes.STEPS_A_MS;
            }
        }
        return 0;
    }
}
