package org.reelcast.output.hls.film;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.reelcast.loop.FakeLoop;
import org.reelcast.loop.FakeScheduler;
import org.reelcast.media.SeekableTrack;
import org.reelcast.output.hls.http.Deliverable;
import org.reelcast.output.hls.http.HeldAnswers;
import org.reelcast.output.hls.http.HlsAnswer;
import org.reelcast.output.hls.http.HlsRequest;
import org.reelcast.output.hls.http.MediaCache;
import org.reelcast.output.hls.playlist.ParsedPlaylist;
import org.reelcast.segment.GeneratedTrack;
import org.reelcast.segment.SegmentLengths;
import org.reelcast.stream.FilmBroadcast;
import org.reelcast.stream.SeekableFilm;
import org.reelcast.stream.Stream;
import org.reelcast.stream.TestStreams;

/** A film of made frames that is broadcast by a clock which the test moves, and its HLS. */
final class GeneratedBroadcast implements FilmBroadcast, SeekableFilm {
    /** Half past noon in November 2026, a moment that no segment begins at. */
    static final long NOON_US = 1_795_523_400_123_000L;

    static final String NAME = "film";

    final FakeScheduler clock = new FakeScheduler(NOON_US);
    final HeldAnswers alarms;
    final MediaCache cache = new MediaCache(64 << 20, Runnable::run);
    final Stream stream = TestStreams.film(NAME, new FakeLoop(), Optional.empty(), Optional.empty());
    final Deliverable hls;
    private final Optional<GeneratedTrack> video;
    private final Optional<GeneratedTrack> audio;
    private final boolean looped;
    /** When position {@link #beginUs} is shown. */
    private long startUs = NOON_US;

    private final long beginUs;

    /** How it is played and delivered. */
    record Way(boolean looped, boolean lowLatency, int listSize, long beginUs, long startsInUs, int mostHeld) {
        static final Way LOOPED = new Way(true, true, 8, 0, 0, 1000);
        static final Way ONCE = new Way(false, true, 8, 0, 0, 1000);

        Way plain() {
            return new Way(looped, false, listSize, beginUs, startsInUs, mostHeld);
        }

        Way from(long us) {
            return new Way(looped, lowLatency, listSize, us, startsInUs, mostHeld);
        }

        Way startingIn(long us) {
            return new Way(looped, lowLatency, listSize, beginUs, us, mostHeld);
        }

        Way listing(int segments) {
            return new Way(looped, lowLatency, segments, beginUs, startsInUs, mostHeld);
        }

        Way holding(int most) {
            return new Way(looped, lowLatency, listSize, beginUs, startsInUs, most);
        }
    }

    GeneratedBroadcast(GeneratedTrack video, GeneratedTrack audio, Way way) throws IOException {
        this(video, audio, way, 0);
    }

    /** @param laterUs how much later than others the clock starts */
    GeneratedBroadcast(GeneratedTrack video, GeneratedTrack audio, Way way, long laterUs) throws IOException {
        this.video = Optional.ofNullable(video);
        this.audio = Optional.ofNullable(audio);
        this.looped = way.looped();
        this.beginUs = way.beginUs();
        clock.run(laterUs);
        startUs += laterUs + way.startsInUs();
        alarms = new HeldAnswers(clock, Runnable::run, way.mostHeld());
        hls = new FilmStreams(
                        cache,
                        alarms,
                        new FilmStreams.Options(
                                way.listSize(),
                                Math.max(12, way.listSize()),
                                way.lowLatency(),
                                false,
                                SegmentLengths.of(2_000_000)))
                .of(NAME, stream, this, this, timetable().orElseThrow());
    }

    /** The picture that was to be shown now is shown so much later. */
    void move(long us) {
        startUs += us;
    }

    @Override
    public Optional<SeekableFilm.Hold> film() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Timetable> timetable() {
        long now = startUs;
        return Optional.of(new Timetable() {
            @Override
            public long positionUs(long timeUs) {
                return timeUs - now + beginUs;
            }

            @Override
            public long beginUs() {
                return beginUs;
            }

            @Override
            public long whenDueUs(long positionUs) {
                return now + positionUs - beginUs;
            }

            @Override
            public long passUs() {
                return durationUs();
            }

            @Override
            public boolean looped() {
                return looped;
            }
        });
    }

    @Override
    public long nowUs() {
        return clock.nowUs();
    }

    @Override
    public String location() {
        return "film.mp4";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public long durationUs() {
        return Math.max(
                video.map(GeneratedTrack::durationUs).orElse(0L),
                audio.map(GeneratedTrack::durationUs).orElse(0L));
    }

    @Override
    public Optional<SeekableTrack> video() {
        return video.map(track -> track);
    }

    @Override
    public Scaled scaled(int width, int height, int bitrate) {
        throw new UnsupportedOperationException("a broadcast's sizes are streams");
    }

    @Override
    public Optional<SeekableTrack> audio() {
        return audio.map(track -> track);
    }

    CompletableFuture<HlsAnswer> ask(String resource, long sequence, int part) {
        return hls.get(new HlsRequest(resource, "", sequence, part, false)).toCompletableFuture();
    }

    /** A request for what is new in the low-latency list alone. */
    CompletableFuture<HlsAnswer> askForDelta(long sequence, int part) {
        return hls.get(new HlsRequest("live.m3u8", "", sequence, part, true)).toCompletableFuture();
    }

    /** An answer that is not held. */
    HlsAnswer get(String resource) {
        return now(ask(resource, -1, -1));
    }

    static HlsAnswer now(CompletableFuture<HlsAnswer> answer) {
        if (!answer.isDone()) {
            throw new AssertionError("the answer is held");
        }
        return answer.join();
    }

    /** Lets time pass until the answer is there. */
    HlsAnswer await(CompletableFuture<HlsAnswer> held) {
        while (!held.isDone()) {
            clock.run(10_000);
        }
        return held.join();
    }

    static String text(HlsAnswer answer) {
        return new String(answer.body().get(0), StandardCharsets.UTF_8);
    }

    ParsedPlaylist plain() {
        return parsed(get(NAME + ".m3u8"));
    }

    ParsedPlaylist lowLatency() {
        return parsed(get("live.m3u8"));
    }

    static ParsedPlaylist parsed(HlsAnswer answer) {
        if (answer.status() != 200) {
            throw new AssertionError(answer.status() + " " + text(answer));
        }
        return new ParsedPlaylist(text(answer));
    }
}
