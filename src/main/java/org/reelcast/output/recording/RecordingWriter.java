package org.reelcast.output.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.Blocking;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.MediaKind;
import org.reelcast.media.OpusFormat;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamTrack;
import org.reelcast.stream.Subscriber;

/**
 * Writes the frames of one stream into one file, or one after the other by the rotation. A film with picture starts
 * at a
 * key frame, and the sound with it. For one thread at a time.
 */
@Blocking
final class RecordingWriter {
    private static final Logger LOG = Logger.getLogger(RecordingWriter.class.getName());
    /** Sound without a picture for so long is recorded without; a picture that comes later starts another file. */
    private static final long PICTURE_WAIT_US = 10_000_000;
    /** Sound that comes ahead of its picture is kept so long. */
    private static final long SOUND_AHEAD_US = 1_000_000;

    private static final long ROOM_CHECK_US = 1_000_000;
    /** At most so much is lost when the power fails. */
    private static final long FORCE_US = 5_000_000;

    private final Stream stream;
    private final Optional<StreamTrack> audio;
    private final RecordRequest request;
    private final RecordSettings settings;
    private final RecordFolder folder;
    private final Finishing finishing;
    private final Part.Opener opener;
    private final LongSupplier wallMs;
    private final NameTemplate template;
    private final Rotation rotation;
    private final boolean pictureExpected;
    private final List<Frame> recentSound = new ArrayList<>();
    /** Pictures since a key frame, which the first one that is to be seen needs. */
    private final List<Frame> leading = new ArrayList<>();
    /** On the stream's clock. */
    private volatile long hiddenUntilUs = Long.MIN_VALUE;

    private volatile String fileName;
    private CompletableFuture<Optional<Path>> finished = CompletableFuture.completedFuture(Optional.empty());
    private Part part;
    private int parts;
    private boolean rotationDue;
    /** Sound has come that does not go into the file. */
    private boolean otherSound;

    private long firstSoundUs = Long.MIN_VALUE;
    private long roomCheckUs = Long.MIN_VALUE;
    private long forceUs = Long.MIN_VALUE;
    /** On the stream's clock: when the first file starts. */
    private long beganUs = Long.MIN_VALUE;

    private boolean longEnough;
    private long inStepUs;
    private String problem;
    /** The same for who publishes. */
    private StatusText reason;

    RecordingWriter(
            Hold hold,
            RecordRequest request,
            RecordSettings settings,
            RecordFolder folder,
            Finishing finishing,
            Part.Opener opener,
            LongSupplier wallMs) {
        this.stream = hold.stream();
        this.audio = track(hold, MediaKind.AUDIO);
        this.request = request;
        this.settings = settings;
        this.folder = folder;
        this.finishing = finishing;
        this.opener = opener;
        this.wallMs = wallMs;
        template = new NameTemplate(
                request.template().filter(text -> !text.isBlank()).orElse(settings.template()));
        rotation = request.rotation().orElse(settings.rotation());
        pictureExpected = track(hold, MediaKind.VIDEO).isPresent();
        fileName = template.start(request, wallMs.getAsLong(), pictureExpected, audio.isPresent())
                + RecordFolder.EXTENSION;
    }

    private static Optional<StreamTrack> track(Hold hold, MediaKind kind) {
        return hold.tracks().stream().filter(track -> track.kind() == kind).findFirst();
    }

    /** What the file will be called, as far as it is known. */
    @AnyThread
    String fileName() {
        return fileName;
    }

    /**
     * @param frameInStepUs what the stream had said of sound and picture before, see {@link Subscriber#onInStep}
     * @return false when nothing more can be written
     */
    boolean take(Frame frame, long frameInStepUs) {
        try {
            if (frameInStepUs != inStepUs) {
                inStep(frameInStepUs);
            }
            if (frame.isVideo()) {
                takePicture(frame);
            } else {
                takeSound(frame);
            }
            checkRoom(frame.presentationTimeUs());
            force(frame.presentationTimeUs());
        } catch (IOException | RuntimeException e) {
            problem = "Recording to " + fileName + " stopped: " + e.getMessage();
            reason = isFull(e) ? StatusText.RECORDING_DISK_FULL : StatusText.RECORDING_NOT_WRITABLE;
            LOG.log(e instanceof IOException ? Level.FINE : Level.WARNING, problem, e);
        }
        longEnough = beganUs != Long.MIN_VALUE && frame.presentationTimeUs() - beganUs >= settings.maxUs();
        if (longEnough && problem == null) {
            LOG.info(() -> "Recording of " + stream.name() + " ends: it is as long as record_max_seconds lets it be");
        }
        return problem == null && !longEnough;
    }

    private void force(long timeUs) throws IOException {
        if (part != null && timeUs >= forceUs) {
            forceUs = timeUs + FORCE_US;
            part.force();
        }
    }

    private boolean isFull(Exception e) {
        try {
            return e.getMessage() != null && e.getMessage().contains("No space left")
                    || folder.whyFull().isPresent();
        } catch (IOException folderIsGone) {
            return false;
        }
    }

    /** Mends what is written: it learns by how much sound and picture are apart in it, and goes on as it is. */
    private void inStep(long pictureUs) throws IOException {
        inStepUs = pictureUs;
        long soundUs = Math.max(0, -pictureUs);
        recentSound.replaceAll(frame -> frame.shifted(soundUs));
        firstSoundUs += firstSoundUs == Long.MIN_VALUE ? 0 : soundUs;
        if (part != null) {
            part.inStep(pictureUs);
        }
    }

    /** Pictures due before that time are decoded for those that follow, and not shown. To be called before any comes. */
    @AnyThread
    void hideUntil(long us) {
        hiddenUntilUs = us;
    }

    private void takePicture(Frame frame) throws IOException {
        if (part == null && frame.decodeTimeUs() < hiddenUntilUs) {
            keepLeading(frame);
            return;
        }
        if (part == null && !leading.isEmpty() && !frame.isKey()) {
            begin(leading.get(0), firstShownUs(frame));
            for (Frame hidden : leading) {
                part.take(hidden);
            }
        }
        leading.clear();
        if (frame.isKey() && (part == null || !part.hasPictures() || isRotationDue(frame))) {
            begin(frame, frame.shownFromUs());
        }
        if (part != null && part.hasPictures()) {
            part.take(frame);
            if (!rotationDue && isRotationDue(frame)) {
                rotationDue = true;
                stream.loop().execute(stream::requestKeyFrame);
            }
        }
    }

    /** Some that are decoded before the frame are to be seen after it. */
    private long firstShownUs(Frame frame) {
        long firstUs = shownUs(frame);
        for (Frame earlier : leading) {
            if (earlier.presentationTimeUs() >= hiddenUntilUs) {
                firstUs = Math.min(firstUs, shownUs(earlier));
            }
        }
        return firstUs;
    }

    private static long shownUs(Frame frame) {
        return Math.max(frame.presentationTimeUs(), frame.shownFromUs());
    }

    private void keepLeading(Frame frame) {
        if (frame.isKey()) {
            leading.clear();
        }
        if (frame.isKey() || !leading.isEmpty()) {
            leading.add(frame);
        }
    }

    private void takeSound(Frame frame) throws IOException {
        otherSound |= part != null && part.isOtherSound(frame.format());
        recentSound.add(frame);
        recentSound.removeIf(sound -> frame.presentationTimeUs() - sound.presentationTimeUs() > SOUND_AHEAD_US);
        firstSoundUs = firstSoundUs == Long.MIN_VALUE ? frame.presentationTimeUs() : firstSoundUs;
        if (part != null && (part.hasPictures() || !isRotationDue(frame))) {
            part.take(frame);
        } else if (part != null || !pictureExpected || frame.presentationTimeUs() - firstSoundUs > PICTURE_WAIT_US) {
            begin(null, frame.presentationTimeUs());
        }
    }

    private boolean isRotationDue(Frame frame) {
        return otherSound || rotation.isDue(frame.presentationTimeUs() - part.startUs(), part.bytes());
    }

    /** Goes on in a new file, with the sound that came ahead. */
    private void begin(Frame key, long startUs) throws IOException {
        if (part != null) {
            Part full = part;
            part = null;
            parts++;
            close(full, false);
        }
        rotationDue = false;
        otherSound = false;
        Format sounding = sounding();
        long nowMs = wallMs.getAsLong();
        Path file = folder.create(template.start(request, nowMs, key != null, sounding != null));
        try {
            part = new Part(file, opener, key, sounding, settings.audioBitrate(), startUs, nowMs, request.streamName());
        } finally {
            if (part == null) {
                folder.finish(file);
            }
        }
        beganUs = beganUs == Long.MIN_VALUE ? startUs : beganUs;
        fileName = RecordFolder.nameOf(file) + RecordFolder.EXTENSION;
        LOG.info(() -> "Recording " + stream.name() + " to " + file);
        for (Frame sound : recentSound) {
            part.take(sound);
        }
    }

    /** What the sound of the next file looks like, by what came last, else as announced; null without sound. */
    private Format sounding() {
        Format latest = recentSound.isEmpty()
                ? audio.map(StreamTrack::format).orElse(null)
                : recentSound.get(recentSound.size() - 1).format();
        if (latest instanceof OpusFormat opus) {
            // an encoder sends mono while nothing tells the channels apart
            int channels = audio.map(StreamTrack::format)
                    .filter(OpusFormat.class::isInstance)
                    .map(Format::channels)
                    .orElse(1);
            for (Frame sound : recentSound) {
                channels = sound.format() instanceof OpusFormat
                        ? Math.max(channels, sound.format().channels())
                        : channels;
            }
            return new OpusFormat(channels, opus.preSkip(), opus.language());
        }
        return latest;
    }

    private void checkRoom(long timeUs) throws IOException {
        if (timeUs >= roomCheckUs) {
            roomCheckUs = timeUs + ROOM_CHECK_US;
            Optional<String> full = folder.whyFull();
            if (full.isPresent()) {
                throw new IOException(full.get());
            }
        }
    }

    private void close(Part written, boolean last) throws IOException {
        Path file = written.file();
        try {
            written.close();
        } finally {
            Optional<Long> durationUs = RecordFolder.durationUs(file);
            if (durationUs.isPresent()) {
                String name = NameTemplate.end(RecordFolder.nameOf(file), wallMs.getAsLong(), durationUs.get());
                file = folder.rename(file, last || template.tellsPartsApart() ? name : name + "_" + parts);
            }
            finished = finished.thenCombine(
                    finishing.finish(file, request.streamName()), (earlier, latest) -> latest.or(() -> earlier));
        }
    }

    /**
     * Nothing more comes.
     *
     * @param tooSlow whether what came could not be written in time
     * @return completes when the film is finished
     */
    CompletableFuture<RecordEnd> end(boolean tooSlow) {
        if (problem == null && tooSlow) {
            problem = "Recording falls behind: the disk or the machine is too slow";
            reason = StatusText.RECORDING_TOO_SLOW;
        }
        try {
            if (part != null) {
                close(part, true);
            }
        } catch (IOException | RuntimeException e) {
            if (problem == null) {
                problem = "The end of " + fileName + " could not be written: " + e.getMessage();
                reason = isFull(e) ? StatusText.RECORDING_DISK_FULL : StatusText.RECORDING_NOT_WRITABLE;
            }
        }
        part = null;
        recentSound.clear();
        if (problem != null) {
            LOG.warning(() -> stream.name() + ": " + problem);
        }
        return finished.handle((file, failure) -> failure == null
                ? new RecordEnd(file, Optional.ofNullable(problem), Optional.ofNullable(reason))
                : new RecordEnd(
                        Optional.empty(),
                        Optional.of(problem == null ? sentence(failure) : problem),
                        Optional.of(reason == null ? StatusText.RECORDING_NOT_WRITABLE : reason)));
    }

    private static String sentence(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause.getMessage();
    }

    /** Closes the file as it is, for the next start to finish. */
    void abandon() {
        try {
            if (part != null) {
                part.abandon();
            }
        } catch (IOException e) {
            LOG.log(Level.FINE, "An unfinished recording could not be closed", e);
        }
        part = null;
    }
}
