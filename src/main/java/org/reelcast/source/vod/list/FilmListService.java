package org.reelcast.source.vod.list;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.Closeable;
import java.util.concurrent.Executor;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;
import org.reelcast.loop.BoundedExecutor;
import org.reelcast.server.Feature;
import org.reelcast.server.ServerContext;

/** The list of films: brings it up with the server. */
@ApplicationScoped
public class FilmListService implements Feature {
    /** For the launcher, whose line says it. */
    private static final String COUNT = "reelcast.films";

    private static final int MOST_FILMS = 20_000;
    private static final int PARALLEL = 2;
    private static final int MOST_WAITING = 200;

    private FilmFolder films;
    private Executor executor;

    /** For the container. */
    public FilmListService() {}

    @Override
    public Stage stage() {
        return Stage.SOURCE;
    }

    @Override
    public Closeable start(ServerContext server) {
        Settings settings = server.settings();
        films = new FilmFolder(settings.get(Keys.MEDIA_DIR), settings.get(Keys.MEDIA_FOLLOW_SYMLINKS), MOST_FILMS);
        executor = new BoundedExecutor(server.executor(), PARALLEL, 0, MOST_WAITING);
        executor.execute(this::count);
        return () -> System.clearProperty(COUNT);
    }

    private void count() {
        FilmFolder.Films found = films();
        int count = found.all().size();
        System.setProperty(COUNT, (found.complete() ? "" : "more than ") + count + (count == 1 ? " film" : " films"));
    }

    /** Blocks; to be called by {@link #executor}. */
    FilmFolder.Films films() {
        return films.films(System.nanoTime());
    }

    Executor executor() {
        return executor;
    }
}
