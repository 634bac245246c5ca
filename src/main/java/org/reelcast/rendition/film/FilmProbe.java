package org.reelcast.rendition.film;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;
import org.reelcast.loop.AnyThread;
import org.reelcast.mp4.index.PageStore;
import org.reelcast.mp4.read.AacEntry;
import org.reelcast.mp4.read.AudioChoice;
import org.reelcast.mp4.read.AudioEntry;
import org.reelcast.mp4.read.Movie;
import org.reelcast.mp4.read.OpusEntry;
import org.reelcast.mp4.read.ReadOptions;
import org.reelcast.mp4.read.SampleEntry;
import org.reelcast.mp4.read.Track;
import org.reelcast.mp4.read.TrackInfo;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.rendition.reencode.EncodingCost;
import org.reelcast.rendition.reencode.ReencodedVideos;
import org.reelcast.rendition.reencode.ReencodingParameters;
import org.reelcast.storage.ByteSource;

/**
 * Says of a film, without playing it, how each of its tracks will play, at what cost, and what would make it play
 * better. It goes by the index; of H.264 the heads of some of the first pictures are read where that leaves it open
 * whether there are B-frames.
 */
@AnyThread
public final class FilmProbe {
    /** Cores that sound takes to be decoded and encoded, by measurement. */
    private static final double SOUND_CORES = 0.01;

    private static final double MICROSECONDS = 1e-6;

    private final Settings settings;
    private final ReencodedVideos pictures;

    public FilmProbe(Settings settings) {
        this(settings, Renditions.pictures());
    }

    FilmProbe(Settings settings, ReencodedVideos pictures) {
        this.settings = settings;
        this.pictures = pictures;
    }

    /**
     * Reads the film's index and says how it plays, or why it does not.
     *
     * @param name the film's, for the report and in the command that cures it
     */
    public FilmReport probe(ByteSource source, String name) {
        try {
            return report(Movie.read(source, PageStore.HEAP, options(AudioChoice.FIRST)), source, name);
        } catch (Refusal e) {
            return refused(source, name, e);
        } catch (IOException e) {
            return FilmReport.refused(name, "The file cannot be read: " + e.getMessage());
        }
    }

    /** How films are read by the settings. */
    public ReadOptions options(AudioChoice sound) {
        return options(sound, settings.get(Keys.VOD_TRANSCODE_CODECS));
    }

    private ReadOptions options(AudioChoice sound, boolean decodes) {
        int longestPauseS = settings.get(Keys.VOD_LONGEST_PAUSE);
        return new ReadOptions(sound, longestPauseS == 0 ? Long.MAX_VALUE : longestPauseS * 1_000_000L, decodes);
    }

    private FilmReport report(Movie movie, ByteSource source, String name) {
        return report(movie, movie.video().map(track -> PicturePlan.of(track, source, settings)), name);
    }

    /** The same of a film that is open. */
    public FilmReport report(Movie movie, Renditions renditions, String name) {
        return report(movie, renditions.picture(), name);
    }

    private FilmReport report(Movie movie, Optional<PicturePlan> plan, String name) {
        Optional<EncodingCost> cost = plan.filter(PicturePlan::isEncoded).map(encoded -> cost(movie, encoded));
        List<TrackReport> tracks = movie.tracks().stream()
                .map(info -> info.played()
                        ? info.kind().isVideo() ? picture(info, movie, plan.orElseThrow(), cost) : sound(info, movie)
                        : unplayed(info))
                .toList();
        return new FilmReport(
                name,
                isEndKnown(movie) ? movie.durationUs() * MICROSECONDS : 0,
                tracks,
                warnings(movie, plan),
                Optional.empty(),
                cure(movie, plan, cost, name));
    }

    private static boolean isEndKnown(Movie movie) {
        return Stream.of(movie.video(), movie.audio())
                .flatMap(Optional::stream)
                .allMatch(track -> track.samples().isEndKnown());
    }

    private EncodingCost cost(Movie movie, PicturePlan plan) {
        return pictures.cost(movie.video().orElseThrow(), plan.format(), ReencodingParameters.of(settings));
    }

    private static TrackReport picture(TrackInfo info, Movie movie, PicturePlan plan, Optional<EncodingCost> cost) {
        Track track = movie.video().orElseThrow();
        String rate = BigDecimal.valueOf(track.framesPerSecond())
                .setScale(2, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
        String looks = track.width() + "x" + track.height() + " at " + rate;
        Delivery webrtc = cost.map(known -> encoded(plan, known)).orElseGet(() -> unencoded(plan));
        Delivery segments = plan.isForFiles()
                ? Delivery.of(Handling.REPACKAGED)
                : cost.isPresent()
                        ? webrtc
                        : Delivery.of(Handling.REFUSED, plan.problem().orElse("no decoder"));
        return new TrackReport(info, looks, webrtc, segments);
    }

    private static Delivery encoded(PicturePlan plan, EncodingCost cost) {
        String why = plan.reason().orElse("it has B-frames");
        if (cost.reduced().isPresent()) {
            return new Delivery(
                    Handling.REDUCED,
                    Optional.of(why + "; the first viewers see it at "
                            + cost.reduced().get()),
                    cost.cores());
        }
        String late = cost.isSustained() ? "" : "; for the first viewers pictures come late";
        return new Delivery(Handling.REENCODED, Optional.of(why + late), cost.cores());
    }

    private static Delivery unencoded(PicturePlan plan) {
        if (plan.isCoded()) {
            return Delivery.of(Handling.REFUSED, plan.problem().orElse("no decoder"));
        }
        return plan.hasB() ? Delivery.of(Handling.REDUCED, "its B-frames are left out") : Delivery.of(Handling.AS_IS);
    }

    private static TrackReport sound(TrackInfo info, Movie movie) {
        Track track = movie.audio().orElseThrow();
        Delivery webrtc = track.entries().get(0) instanceof OpusEntry
                ? Delivery.of(Handling.AS_IS)
                : new Delivery(Handling.REENCODED, Optional.of("as Opus"), SOUND_CORES);
        Delivery segments = Renditions.isPlainAac(track)
                ? Delivery.of(Handling.REPACKAGED)
                : new Delivery(Handling.REENCODED, Optional.of("as AAC"), SOUND_CORES);
        return new TrackReport(info, looks(track.entries().get(0)), webrtc, segments);
    }

    private static String looks(SampleEntry entry) {
        if (entry instanceof AacEntry aac) {
            return channels(aac.channels());
        }
        return entry instanceof AudioEntry other
                ? channels(other.channels())
                : entry instanceof OpusEntry opus ? channels(opus.channels()) : "";
    }

    private static String channels(int count) {
        return switch (count) {
            case 0 -> "";
            case 1 -> "mono";
            case 2 -> "stereo";
            default -> count + " channels";
        };
    }

    private static TrackReport unplayed(TrackInfo info) {
        Delivery none = info.playable()
                ? Delivery.of(Handling.LEFT_OUT, "another one plays")
                : Delivery.of(Handling.REFUSED, "it cannot be decoded");
        return new TrackReport(info, "", none, none);
    }

    private static List<String> warnings(Movie movie, Optional<PicturePlan> plan) {
        List<String> warnings = new ArrayList<>(movie.notes());
        plan.flatMap(PicturePlan::problem)
                .ifPresent(problem -> warnings.add(0, "The picture cannot be re-encoded: " + problem));
        return List.copyOf(warnings);
    }

    private static Optional<String> cure(
            Movie movie, Optional<PicturePlan> plan, Optional<EncodingCost> cost, String name) {
        if (cost.isPresent()) {
            boolean keepsSound = movie.audio()
                    .map(track -> !(track.entries().get(0) instanceof AudioEntry))
                    .orElse(true);
            return Optional.of(Cure.picture(name, plan.orElseThrow().format(), cost.get(), keepsSound));
        }
        boolean isSilent = movie.audio().isEmpty()
                && movie.tracks().stream().anyMatch(track -> !track.kind().isVideo());
        return isSilent ? Optional.of(Cure.sound(name)) : Optional.empty();
    }

    /** What would have to be decoded, and is not by {@code vod_transcode_codecs}, may as well be encoded beforehand. */
    private FilmReport refused(ByteSource source, String name, Refusal why) {
        Optional<String> cure = Optional.empty();
        try {
            cure = why.status() == StatusText.FILE_HAS_WRONG_FORMAT && !settings.get(Keys.VOD_TRANSCODE_CODECS)
                    ? decoded(source, name)
                    : Optional.empty();
            if (cure.isEmpty()) {
                Optional<String> container = OtherContainers.of(source);
                return FilmReport.refused(
                        name,
                        container
                                .map(known -> "The file is " + known + ", which is not played as it is")
                                .orElse(why.getMessage()),
                        container.map(known -> Cure.copy(name)));
            }
        } catch (IOException e) {
            // what was said first is what counts
        }
        return FilmReport.refused(name, why.getMessage(), cure);
    }

    private Optional<String> decoded(ByteSource source, String name) throws IOException {
        try {
            return report(Movie.read(source, PageStore.HEAP, options(AudioChoice.FIRST, true)), source, name)
                    .cure();
        } catch (Refusal e) {
            return Optional.empty();
        }
    }
}
