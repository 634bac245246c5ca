package org.reelcast.source.vod.probe;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.LogManager;
import org.reelcast.config.Settings;
import org.reelcast.rendition.film.FilmProbe;
import org.reelcast.rendition.film.FilmReport;
import org.reelcast.rendition.film.Renditions;
import org.reelcast.storage.LocalFile;

/** {@code java -jar reelcast.jar probe [--json] FILE|FOLDER...}: how films will play here. Starts no server. */
public final class ProbeCommand {
    private static final String USAGE = "Say: probe [--json] FILE|FOLDER...";
    private static final String AS_JSON = "--json";
    private static final int ALL_PLAY = 0;
    private static final int SOME_DO_NOT = 1;
    private static final int MISUSED = 2;
    /** What takes longer lies on a disk that does not answer. */
    private static final long DEADLINE_S = 20;

    private final FilmProbe probe;
    private final PrintStream out;

    ProbeCommand(FilmProbe probe, PrintStream out) {
        this.probe = probe;
        this.out = out;
    }

    /** Called by the launcher, which knows it by its name. @return the process's exit status */
    public static int run(Settings settings, String... arguments) throws IOException {
        // what is to be said is in the reports
        LogManager.getLogManager().reset();
        Renditions.chooseEncoder(settings, Runnable::run);
        return new ProbeCommand(new FilmProbe(settings), System.out).obey(arguments);
    }

    int obey(String... arguments) throws IOException {
        boolean asJson = Arrays.asList(arguments).contains(AS_JSON);
        List<Path> named = new ArrayList<>();
        for (String argument : arguments) {
            if (!argument.equals(AS_JSON)) {
                try {
                    named.add(Path.of(argument));
                } catch (InvalidPathException e) {
                    out.println(argument + " is no name of a file: " + e.getReason());
                    return MISUSED;
                }
            }
        }
        if (named.isEmpty()) {
            out.println(USAGE);
            return MISUSED;
        }
        List<FilmReport> reports = probe(FilmFiles.find(named));
        if (asJson) {
            JsonArrayBuilder array = Json.createArrayBuilder();
            reports.forEach(report -> array.add(ReportJson.of(report)));
            out.println(array.build());
        } else {
            reports.forEach(report -> ReportText.of(report).forEach(out::println));
            out.println(ReportText.sum(reports));
        }
        return reports.stream().allMatch(report -> report.refusal().isEmpty()) ? ALL_PLAY : SOME_DO_NOT;
    }

    private List<FilmReport> probe(List<Path> files) {
        ExecutorService executor =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), task -> {
                    Thread thread = new Thread(task, "probe");
                    thread.setDaemon(true);
                    return thread;
                });
        List<Future<FilmReport>> answers =
                files.stream().map(file -> executor.submit(() -> probe(file))).toList();
        List<FilmReport> reports = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            reports.add(answer(answers.get(i), files.get(i)));
        }
        executor.shutdownNow();
        return reports;
    }

    private static FilmReport answer(Future<FilmReport> answer, Path file) {
        try {
            return answer.get(DEADLINE_S, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return FilmReport.refused(file.toString(), "The file was not read within " + DEADLINE_S + " s");
        } catch (ExecutionException e) {
            return FilmReport.refused(file.toString(), "The file cannot be probed: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FilmReport.refused(file.toString(), "Interrupted");
        }
    }

    FilmReport probe(Path file) {
        String why = FilmFiles.whyNotReadable(file);
        if (why != null) {
            return FilmReport.refused(file.toString(), why);
        }
        try (LocalFile source = LocalFile.open(file)) {
            return probe.probe(source, file.toString());
        } catch (IOException e) {
            return FilmReport.refused(file.toString(), "The file cannot be opened: " + e.getMessage());
        }
    }
}
