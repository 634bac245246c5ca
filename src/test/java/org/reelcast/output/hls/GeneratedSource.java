package org.reelcast.output.hls;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.reelcast.loop.FakeLoop;
import org.reelcast.loop.FakeScheduler;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.media.SeekableTrack;
import org.reelcast.media.Slice;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.segment.GeneratedTrack;
import org.reelcast.stream.FilmBroadcast;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Holder;
import org.reelcast.stream.SeekableFilm;
import org.reelcast.stream.SourceProvider;
import org.reelcast.stream.SourceTraits;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamSource;
import org.reelcast.stream.Streams;

/** Gives out films of made frames for any URI, as broadcasts and whole; counts what is held. */
final class GeneratedSource implements SourceProvider {
    final FakeScheduler clock;
    final List<String> opened = new ArrayList<>();
    GeneratedTrack video;
    /** Runs what opens; the test's own may wait or refuse. */
    Executor opener = Runnable::run;
    /** What opening fails with; null when it works. */
    Refusal refusal;
    /** The same of what no one expects. */
    Error failWith;

    boolean settled = true;
    String version = "1";
    int held;
    /** Other sizes of the picture that were asked for and are not closed. */
    int scaled;

    private final Streams streams;
    private final FakeLoop loop = new FakeLoop();
    private final List<Stream> running = new ArrayList<>();

    GeneratedSource(Streams streams, FakeScheduler clock, GeneratedTrack video) {
        this.streams = streams;
        this.clock = clock;
        this.video = video;
        streams.register(this);
    }

    /** Ends all that run. */
    void end() {
        running.forEach(stream -> {
            stream.retire();
            streams.remove(stream);
        });
        running.clear();
    }

    /** Of all streams. */
    long holds() {
        return running.stream().filter(Stream::isHeld).count();
    }

    @Override
    public Set<String> schemes() {
        return Set.of("vod", "vod-live");
    }

    @Override
    public boolean isPersonal(String scheme) {
        return scheme.equals("vod");
    }

    @Override
    public Hold open(String uri, Holder who) throws Refusal {
        opened.add(uri);
        if (refusal != null) {
            throw refusal;
        }
        if (failWith != null) {
            throw failWith;
        }
        long startUs = clock.nowUs();
        Stream stream = new Stream(uri, loop, SourceTraits.BROADCAST_FILM, List.of(), new StreamSource() {
            @Override
            public void end(StatusText why) {
                // as the test says
            }

            @Override
            public Optional<FilmBroadcast> broadcast() {
                return Optional.of(new MadeFilm(startUs));
            }
        });
        streams.add(stream);
        running.add(stream);
        return stream.hold(who).orElseThrow();
    }

    @Override
    public SeekableFilm.Hold film(String uri, String client) throws Refusal {
        opened.add(uri);
        if (refusal != null) {
            throw refusal;
        }
        return new MadeFilm(0).film().orElseThrow();
    }

    @Override
    public Executor opener(String uri) {
        return opener;
    }

    @Override
    public Optional<Refusal> whyUnavailable(String uri, String client) {
        return Optional.empty();
    }

    /** The film, which is shown from the moment on that it was opened. */
    private final class MadeFilm implements FilmBroadcast, SeekableFilm, FilmBroadcast.Timetable {
        private final long startUs;
        private final String madeVersion = version;

        MadeFilm(long startUs) {
            this.startUs = startUs;
        }

        @Override
        public Optional<SeekableFilm.Hold> film() {
            held++;
            return Optional.of(new SeekableFilm.Hold() {
                private boolean closed;

                @Override
                public SeekableFilm film() {
                    return MadeFilm.this;
                }

                @Override
                public void close() {
                    if (!closed) {
                        closed = true;
                        held--;
                    }
                }
            });
        }

        @Override
        public Optional<Timetable> timetable() {
            return settled ? Optional.of(this) : Optional.empty();
        }

        @Override
        public long nowUs() {
            return clock.nowUs();
        }

        @Override
        public long positionUs(long timeUs) {
            return timeUs - startUs;
        }

        @Override
        public long beginUs() {
            return 0;
        }

        @Override
        public long whenDueUs(long positionUs) {
            return startUs + positionUs;
        }

        @Override
        public long passUs() {
            return video.durationUs();
        }

        @Override
        public boolean looped() {
            return true;
        }

        @Override
        public String location() {
            return "film.mp4";
        }

        @Override
        public String version() {
            return madeVersion;
        }

        @Override
        public long durationUs() {
            return video.durationUs();
        }

        @Override
        public Optional<SeekableTrack> video() {
            return Optional.of(video);
        }

        @Override
        public Optional<SeekableTrack> audio() {
            return Optional.empty();
        }

        @Override
        public Scaled scaled(int width, int height, int bitrate) {
            scaled++;
            return new Scaled() {
                @Override
                public FrameReader reader() {
                    return new WithSets(video.reader());
                }

                @Override
                public void close() {
                    scaled--;
                }
            };
        }
    }

    /** Key frames bring their parameter sets, as an encoder's do. */
    private record WithSets(FrameReader frames) implements FrameReader {
        private static final byte[][] SETS = {{0x67, 66, 0, 30, (byte) 0xab, 1}, {0x68, (byte) 0xce, 2}};

        @Override
        public Frame next() throws IOException {
            Frame frame = frames.next();
            return frame == null || !frame.isKey()
                    ? frame
                    : new Frame(
                            frame.format(),
                            frame.decodeTimeUs(),
                            frame.presentationTimeUs(),
                            true,
                            new Slice(SETS[0], 0, SETS[0].length),
                            new Slice(SETS[1], 0, SETS[1].length),
                            frame.slice(0));
        }

        @Override
        public void seek(long timeUs) throws IOException {
            frames.seek(timeUs);
        }

        @Override
        public void close() {
            frames.close();
        }
    }

    /** For tests that ask for nothing else. */
    static GeneratedTrack film() {
        return GeneratedTrack.videoWithKeysEvery(2, 25, 20);
    }
}
