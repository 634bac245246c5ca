package org.reelcast;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Keeps the classes of a package free of cycles: sets of classes of which each needs all others, so that none can be
 * read, tested or changed alone. Nested classes count as their outermost one. Between packages {@link ArchitectureTest}
 * sees to it.
 */
class ClassCyclesTest {
    private static final String BASE = "org.reelcast.";

    /** Pairs of a factory and its product: the one makes the other, and the other is of no use without the one. */
    private static final Set<String> PAIRS = Set.of(
            // Settings.load() reads the file and the environment: the name by which all ask for their settings
            "config: Settings, SettingsLoader",
            // a sealed interface names its records, and makes the plain ones
            "media: Format, H264Format, OpusFormat",
            // Movie.read() is what a movie is opened by
            "mp4.read: MatroskaReader, Movie, MovieReader",
            // a cursor walks over a table's packed blocks, and only a table makes one
            "mp4.index: SampleCursor, SampleTable",
            // the writer of a track of sound is chosen by the codec of its first frame
            "output.recording: AacTrackWriter, AudioTrackWriter, OpusToAacWriter",
            // a hold is a part in a stream, and only a stream gives one out
            "stream: Hold, Stream");

    @Test
    void classesOfAPackage_needNoneThatNeedsThem() {
        Set<String> found = new TreeSet<>();
        graphs().forEach((name, graph) -> {
            new Cycles(graph).find().forEach(set -> found.add(name + ": " + String.join(", ", set)));
        });
        assertEquals(String.join("\n", new TreeSet<>(PAIRS)), String.join("\n", found));
    }

    /** For each package its outermost classes, and which of them each names. */
    private static Map<String, Map<String, Set<String>>> graphs() {
        Map<String, Map<String, Set<String>>> graphs = new HashMap<>();
        for (JavaClass one : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.reelcast")) {
            Set<String> named = graphs.computeIfAbsent(packageOf(one), p -> new HashMap<>())
                    .computeIfAbsent(outermost(one), c -> new TreeSet<>());
            for (Dependency dependency : one.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (target.getPackageName().equals(one.getPackageName())) {
                    named.add(outermost(target));
                }
            }
        }
        return graphs;
    }

    private static String packageOf(JavaClass one) {
        return one.getPackageName().replace(BASE, "");
    }

    private static String outermost(JavaClass one) {
        String name = one.getName().substring(one.getPackageName().length() + 1);
        return name.contains("$") ? name.substring(0, name.indexOf('$')) : name;
    }

    /** Strongly connected sets of more than one class (Tarjan 1972). */
    private static final class Cycles {
        private final Map<String, Set<String>> graph;
        private final Map<String, Integer> order = new HashMap<>();
        private final Map<String, Integer> lowest = new HashMap<>();
        private final Deque<String> open = new ArrayDeque<>();
        private final List<Set<String>> found = new ArrayList<>();

        Cycles(Map<String, Set<String>> graph) {
            this.graph = graph;
        }

        List<Set<String>> find() {
            new TreeSet<>(graph.keySet()).forEach(this::visit);
            return found;
        }

        private void visit(String one) {
            if (order.containsKey(one)) {
                return;
            }
            int number = order.size();
            order.put(one, number);
            lowest.put(one, number);
            open.push(one);
            for (String other : graph.getOrDefault(one, Set.of())) {
                visit(other);
                if (open.contains(other)) {
                    lowest.merge(one, lowest.get(other), Math::min);
                }
            }
            if (lowest.get(one) == number) {
                Set<String> set = new TreeSet<>();
                String last;
                do {
                    last = open.pop();
                    set.add(last);
                } while (!last.equals(one));
                if (set.size() > 1) {
                    found.add(set);
                }
            }
        }
    }
}
