package org.reelcast.rendition.film;

import java.io.Closeable;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.codec.encoders.CodecCapacity;
import org.reelcast.codec.encoders.VideoEncoders;
import org.reelcast.codec.ffmpeg.EncoderSettings;
import org.reelcast.codec.ffmpeg.EncodingSpeed;
import org.reelcast.codec.ffmpeg.Ffmpeg;
import org.reelcast.codec.ffmpeg.FfmpegWarmUp;
import org.reelcast.codec.opus.Libopus;
import org.reelcast.codec.opus.OpusEncoder;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;
import org.reelcast.loop.NanoClock;
import org.reelcast.media.H264Format;
import org.reelcast.mp4.read.AacEntry;
import org.reelcast.mp4.read.AvcEntry;
import org.reelcast.mp4.read.Movie;
import org.reelcast.mp4.read.OpusEntry;
import org.reelcast.mp4.read.Track;
import org.reelcast.rendition.Rendition;
import org.reelcast.rendition.aac.AacOfOpus;
import org.reelcast.rendition.aac.OriginalAac;
import org.reelcast.rendition.h264.OriginalH264;
import org.reelcast.rendition.opus.OpusParameters;
import org.reelcast.rendition.opus.OpusPassThrough;
import org.reelcast.rendition.opus.OpusTracks;
import org.reelcast.rendition.reencode.CodedTrack;
import org.reelcast.rendition.reencode.ReencodedVideos;
import org.reelcast.rendition.reencode.ReencodingParameters;
import org.reelcast.rendition.reencode.ScaledSize;
import org.reelcast.rendition.samples.SharedBlocks;
import org.reelcast.storage.ByteSource;
import org.reelcast.storage.cache.DiskCache;

/**
 * One film's tracks in the form in which they go to viewers. Whoever plays a film may make its own; what is costly is
 * shared by all renditions of the same file in this process, and kept on disk.
 */
public final class Renditions implements Closeable {
    private static final Logger LOG = Logger.getLogger(Renditions.class.getName());
    private static final OpusTracks SOUND = new OpusTracks();
    private static final ReencodedVideos PICTURES =
            new ReencodedVideos(NanoClock.SYSTEM, Runtime.getRuntime().availableProcessors());

    static {
        PICTURES.shareWith(CodecCapacity.ofProcess());
    }

    private final Optional<PicturePlan> picture;
    private final Originals originals;
    private final Rendition video;
    private final Rendition audio;
    /** Null where the film's own sound does, or it has none. */
    private final Rendition aac;

    private final Function<ScaledSize, Optional<Rendition>> scaler;
    private final RecutPicture recut;

    private Renditions(
            Optional<PicturePlan> picture,
            Originals originals,
            Rendition video,
            Rendition audio,
            Rendition aac,
            Function<ScaledSize, Optional<Rendition>> scaler,
            RecutPicture recut) {
        this.picture = picture;
        this.scaler = scaler;
        this.originals = originals;
        this.recut = recut;
        this.video = video;
        this.audio = audio;
        this.aac = aac;
    }

    /**
     * Makes the renditions of a film. May block: it may decode some frames to find out what they are.
     *
     * @param source the film's bytes, open until after {@link #close()}; it stays the caller's
     */
    public static Renditions of(Movie movie, ByteSource source, Settings settings) {
        return of(movie, source, settings, SOUND);
    }

    /** The pictures that are encoded anew, shared by all films of this process. */
    public static ReencodedVideos pictures() {
        return PICTURES;
    }

    /** The same with sound that is not shared with the rest of the process. */
    static Renditions of(Movie movie, ByteSource source, Settings settings, OpusTracks sound) {
        return of(movie, source, settings, sound, PICTURES);
    }

    static Renditions of(
            Movie movie, ByteSource source, Settings settings, OpusTracks sound, ReencodedVideos pictures) {
        SharedBlocks seen = new SharedBlocks();
        SharedBlocks heard = new SharedBlocks();
        Optional<PicturePlan> picture = movie.video().map(track -> PicturePlan.of(track, source, settings));
        Rendition video = picture.map(plan -> VideoForm.of(
                        plan, movie.video().orElseThrow(), source, seen, settings, pictures, disk(settings)))
                .orElse(null);
        Rendition audio = null;
        boolean done = false;
        try {
            audio = movie.audio()
                    .map(track -> sound(track, source, heard, settings, sound))
                    .orElse(null);
            done = true;
        } finally {
            if (!done && video != null) {
                video.close();
            }
        }
        RecutPicture recut = picture.map(plan -> new RecutPicture(() -> VideoForm.recut(
                        plan, movie.video().orElseThrow(), source, seen, settings, pictures, disk(settings))))
                .orElse(RecutPicture.NONE);
        return new Renditions(
                picture,
                originals(movie, picture, source, seen, heard),
                video,
                audio,
                aac(movie, audio, settings),
                size -> movie.video().flatMap(track -> scaled(track, source, settings, pictures, size)),
                recut);
    }

    private static Optional<Rendition> scaled(
            Track track, ByteSource source, Settings settings, ReencodedVideos pictures, ScaledSize size) {
        H264Format format = (H264Format)
                (track.entries().get(0) instanceof AvcEntry
                        ? OriginalH264.format(track)
                        : new CodedTrack(track).format());
        return Ffmpeg.problem().isEmpty() && EncoderSettings.takes(size.width(), size.height())
                ? Optional.of(
                        pictures.open(track, source, format, size, ReencodingParameters.of(settings), disk(settings)))
                : Optional.empty();
    }

    private static Originals originals(
            Movie movie, Optional<PicturePlan> picture, ByteSource source, SharedBlocks seen, SharedBlocks heard) {
        return new Originals(
                movie.video()
                        .filter(track -> picture.filter(PicturePlan::isForFiles).isPresent())
                        .<Rendition>map(track -> new OriginalH264(track, source, seen)),
                movie.audio()
                        .filter(track -> track.entries().get(0) instanceof AacEntry)
                        .<Rendition>map(track -> new OriginalAac(track, source, heard)));
    }

    private static Rendition sound(
            Track track, ByteSource source, SharedBlocks blocks, Settings settings, OpusTracks sound) {
        return track.entries().get(0) instanceof OpusEntry
                ? new OpusPassThrough(track, source)
                : opus(track, source, blocks, settings, sound);
    }

    private static Rendition opus(
            Track track, ByteSource source, SharedBlocks blocks, Settings settings, OpusTracks sound) {
        Optional<String> problem = Ffmpeg.problem().or(Libopus::problem);
        try {
            if (problem.isPresent()) {
                throw new IOException(problem.get());
            }
            return sound.open(track, source, blocks, OpusParameters.of(settings), disk(settings));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "{0} plays without sound: {1}", new Object[] {
                source.id().location(), e.getMessage()
            });
            return null;
        }
    }

    private static Rendition aac(Movie movie, Rendition opus, Settings settings) {
        return opus == null
                        || movie.audio().map(Renditions::isPlainAac).orElse(true)
                        || Ffmpeg.problem().or(Libopus::problem).isPresent()
                ? null
                : new AacOfOpus(opus, settings.get(Keys.AAC_BITRATE) * 1000);
    }

    /** Whether all players of AAC take it as it is. */
    static boolean isPlainAac(Track track) {
        return track.entries().size() == 1
                && track.entries().get(0) instanceof AacEntry aac
                && aac.config().isPlain();
    }

    private static DiskCache disk(Settings settings) {
        return DiskCache.at(settings.get(Keys.CACHE_DIR), settings.get(Keys.CACHE_MAX_MB) * 1024L * 1024L);
    }

    /** Loads what is slow to load; to be called at start, on a thread that may wait. */
    public static void warmUp() {
        try (OpusEncoder encoder = OpusEncoder.open(2, 128_000, 20, 5)) {
            encoder.encode(new float[encoder.frameSamples() * 2]);
            FfmpegWarmUp.run();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Films will play without sound: {0}", e.getMessage());
        }
    }

    /**
     * Chooses the encoder, and finds out how much this machine can encode with it while that is shown; takes a core for
     * about a second. Until then the one is used that comes with the server, and the machine is taken for one like that
     * on which it was measured.
     *
     * @param prober runs the proofs of encoders
     */
    public static void chooseEncoder(Settings settings, Executor prober) {
        VideoEncoders encoders = VideoEncoders.ofProcess();
        encoders.choose(settings.get(Keys.ENCODER), prober);
        try {
            EncodingSpeed.Cost cost = EncodingSpeed.measure(encoders);
            PICTURES.measured(cost.speed());
            CodecCapacity.ofProcess().measured(cost);
            LOG.log(
                    Level.INFO,
                    "A core that encodes films counts here as {0} of an AMD EPYC at 2.6 GHz with the encoder "
                            + "that comes with the server",
                    String.format(Locale.ROOT, "%.1f", cost.speed()));
        } catch (IOException e) {
            LOG.log(Level.FINE, "Nothing is encoded here", e);
        }
    }

    /** What becomes of the picture; empty when there is none. */
    Optional<PicturePlan> picture() {
        return picture;
    }

    /** The tracks as they are in the file, for outputs that can carry them; they cost nothing until they are read. */
    public Originals originals() {
        return originals;
    }

    /** The picture as WebRTC takes it, by {@code vod_bframes}. */
    public Optional<Rendition> video() {
        return Optional.ofNullable(video);
    }

    /** The picture encoded anew, for who cannot cut it as it is; it costs nothing until somebody wants it. */
    public RecutPicture recut() {
        return recut;
    }

    public Optional<Rendition> audio() {
        return Optional.ofNullable(audio);
    }

    /** Sound as AAC that all players of AAC take; empty where the film's own is such. */
    public Optional<Rendition> aac() {
        return Optional.ofNullable(aac);
    }

    /** The picture in another size; empty when there is none, or none can be encoded so. To be closed by the caller. */
    public Optional<Rendition> scaled(ScaledSize size) {
        return scaler.apply(size);
    }

    @Override
    public void close() {
        originals.video().ifPresent(Rendition::close);
        originals.audio().ifPresent(Rendition::close);
        video().ifPresent(Rendition::close);
        audio().ifPresent(Rendition::close);
        recut.close();
    }
}
