package org.reelcast.source.vod;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;
import org.reelcast.loop.Blocking;
import org.reelcast.mp4.index.PageStore;
import org.reelcast.mp4.read.AudioChoice;
import org.reelcast.mp4.read.Movie;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.rendition.film.FilmProbe;
import org.reelcast.rendition.film.FilmReport;
import org.reelcast.rendition.film.Handling;
import org.reelcast.rendition.film.Renditions;
import org.reelcast.storage.ByteSource;
import org.reelcast.storage.LocalFiles;
import org.reelcast.storage.RemoteSource;
import org.reelcast.storage.SourceId;
import org.reelcast.storage.s3.S3Location;

/** Where films are: in {@code media_dir}, among the recordings, in S3. Opens them. */
@Blocking
final class FilmLibrary implements Closeable {
    private static final Logger LOG = Logger.getLogger(FilmLibrary.class.getName());

    private final Settings settings;
    private final LocalFiles localFiles;
    private final Optional<LocalFiles> records;
    private final S3Films s3Films;
    private final PageStore indexes;
    private final FilmProbe probe;

    /** @throws IOException when films in S3 cannot be had with these settings; the message is a sentence */
    FilmLibrary(Settings settings) throws IOException {
        this.settings = settings;
        localFiles = new LocalFiles(settings.get(Keys.MEDIA_DIR), settings.get(Keys.MEDIA_FOLLOW_SYMLINKS));
        records = settings.get(Keys.VOD_FROM_RECORDS)
                ? Optional.of(new LocalFiles(settings.get(Keys.RECORD_DIR), false))
                : Optional.empty();
        s3Films = new S3Films(settings);
        probe = new FilmProbe(settings);
        indexes = settings.get(Keys.CACHE_MAX_MB) == 0 ? PageStore.HEAP : PageStore.at(settings.get(Keys.CACHE_DIR));
    }

    /** The bytes behind a location. @param client IP address of whoever wants them; empty for the server itself */
    ByteSource find(String location, String client) throws Refusal {
        return S3Location.isS3(location) ? s3Films.open(location, client) : findLocal(location);
    }

    /** By which other nodes find the same film; empty for a recording, which is this node's. */
    Optional<String> nameOf(SourceId film) {
        return S3Location.isS3(film.location()) ? Optional.of(film.location()) : localFiles.nameOf(film.location());
    }

    /** In {@code media_dir}, then among the recordings; those still in progress are not to be seen. */
    private ByteSource findLocal(String location) throws Refusal {
        try {
            return localFiles.open(location);
        } catch (Refusal e) {
            try {
                if (records.isPresent()
                        && !records.get().resolve(location).toString().endsWith(".tmp")) {
                    return records.get().open(location);
                }
            } catch (Refusal neither) {
                e.addSuppressed(neither);
            }
            throw e;
        }
    }

    /** Makes a film of bytes, with one of its sounds; on success the film owns them. */
    Film open(ByteSource source, AudioChoice sound) throws Refusal {
        try {
            s3Films.checkLayout(source);
            // while a film is downloaded the media loop asks its index, and a loop must not wait for a disk
            boolean asked = source instanceof RemoteSource remote && remote.isDownloading();
            Movie movie = Movie.read(source, asked ? PageStore.HEAP : indexes, probe.options(sound));
            movie.notes()
                    .forEach(note -> LOG.log(
                            Level.WARNING, "{0}: {1}", new Object[] {source.id().location(), note}));
            Renditions renditions = Renditions.of(movie, source, settings);
            FilmReport report = probe.report(movie, renditions, source.id().location());
            boolean asItIs = report.handling() == Handling.AS_IS;
            LOG.log(asItIs ? Level.FINE : Level.INFO, "{0}: {1}", new Object[] {report.name(), report.summary()});
            return new Film(
                    source,
                    tracks(renditions),
                    s3Films.reserve(source, movie),
                    FilmFacts.of(movie, sound, report.warnings()),
                    renditions::scaled,
                    renditions.recut());
        } catch (Refusal e) {
            throw e.about(source.id().location());
        } catch (IOException e) {
            throw new Refusal(StatusText.FAILED_TO_READ_FILE, source.id().location() + ": " + e.getMessage(), e);
        }
    }

    /** How a film will play, or why it does not. @throws Refusal when there is none */
    FilmReport probe(String location) throws Refusal {
        String file;
        ByteSource source;
        try {
            file = location;
            source = find(location, "");
        } catch (Refusal e) {
            file = FilmAddress.withChoice(location).map(FilmAddress::file).orElseThrow(() -> e);
            source = find(file, "");
        }
        try (ByteSource opened = source) {
            return probe.probe(opened, file);
        } catch (IOException e) {
            return FilmReport.refused(file, "The file cannot be closed: " + e.getMessage());
        }
    }

    static List<FilmTrack> tracks(Renditions renditions) {
        return Stream.of(
                        renditions.video().map(FilmTrack::realTime),
                        renditions.originals().video().map(FilmTrack::original),
                        renditions.audio().map(FilmTrack::realTime),
                        renditions.originals().audio().map(FilmTrack::original),
                        renditions.aac().map(FilmTrack::aac))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Loads what is slow to load: opens and reads a film, and S3 if it is set up. */
    void warmUp() {
        try {
            FilmWarmUp.run(this::open);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Films cannot be read here", e);
        }
        s3Films.warmUp();
    }

    @Override
    public void close() {
        s3Films.close();
    }
}
