package org.reelcast.source.vod;

import java.util.Optional;
import java.util.function.Supplier;
import org.reelcast.loop.WallClock;
import org.reelcast.stream.FilmBroadcast;
import org.reelcast.stream.SeekableFilm;
import org.reelcast.stream.Stream;

/** A running broadcast, as outputs see it that deliver its film by the time of day. */
record Broadcast(
        Stream stream, Film open, FilmStore films, WallClock wallClock, Supplier<Optional<BroadcastTimeline>> timeline)
        implements FilmBroadcast {

    @Override
    public Optional<SeekableFilm.Hold> film() {
        return stream.isRetired() ? Optional.empty() : films.again(open).map(film -> new OpenFilm(films, film));
    }

    @Override
    public Optional<Timetable> timetable() {
        return timeline.get().map(now -> now);
    }

    @Override
    public long nowUs() {
        return wallClock.nowUs();
    }
}
