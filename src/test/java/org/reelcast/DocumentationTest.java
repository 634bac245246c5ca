package org.reelcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.reelcast.refusal.StatusText;

/** Docs and code do not drift apart: what can be called, imported or linked is in the docs, and the other way round. */
class DocumentationTest {
    private static final Path SOURCES = Path.of("src/main/java/org/reelcast");
    private static final Path DOCS = Path.of("docs");
    private static final Pattern REST_PATH = Pattern.compile("(?m)^\\s*@Path\\(\"([^\"]+)\"\\)");
    /** Where the code says how messages and events are called: what it takes, what it sends. */
    private static final List<Pattern> MESSAGES = List.of(
            Pattern.compile("case (\"\\w+\",? ?)+(?= -> (connect|connectMedia|send|stop|askAvailable|accept)\\()"),
            Pattern.compile("message\\.name\\(\\)\\.equals\\(\"\\w+\""),
            Pattern.compile("String message\\(\\) \\{\\s*return \"\\w+\""),
            Pattern.compile("Set<String> messages\\(\\) \\{\\s*return Set\\.of\\([^)]*\\)"),
            Pattern.compile("Message\\.text\\(\\s*\"\\w+\""),
            Pattern.compile("streamEvent\\(\\s*\\w+,\\s*\"\\w+\""));

    private static final Pattern QUOTED = Pattern.compile("\"(\\w+)\"");
    private static final Pattern PAGE_PARAMETER = Pattern.compile("(?:given\\.get|given\\.has|flag)\\('(\\w+)'\\)");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^\\s*```.*?^\\s*```");

    private static String docs;

    @BeforeAll
    static void readDocs() {
        docs = pages().map(DocumentationTest::read).collect(Collectors.joining("\n"));
    }

    @Test
    void eachPackageSaysWhatItHolds() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            Set<Path> packages = files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .collect(Collectors.toCollection(TreeSet::new));
            packages.removeIf(folder -> Files.exists(folder.resolve("package-info.java")));
            assertEquals(Set.of(), packages, "packages without a package-info.java of a sentence or two");
        }
    }

    @Test
    void packagesOfTheTableAreThoseOfTheCode() throws IOException {
        Set<String> documented = new TreeSet<>();
        Pattern.compile("(?m)^\\| `([a-z0-9]+)[a-z0-9.]*` \\|")
                .matcher(read(DOCS.resolve("design.md")))
                .results()
                .forEach(row -> documented.add(row.group(1)));
        documented.add("boot");
        try (Stream<Path> folders = Files.list(SOURCES)) {
            assertEquals(
                    folders.map(folder -> folder.getFileName().toString())
                            .collect(Collectors.toCollection(TreeSet::new)),
                    documented,
                    "the table of packages in docs/design.md");
        }
    }

    @Test
    void eachCallOfRestIsDocumented() throws IOException {
        List<String> missing = new ArrayList<>();
        int calls = 0;
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(name -> name.toString().endsWith("Resource.java"))
                    .toList()) {
                // that of the class is the first
                List<String> paths = REST_PATH
                        .matcher(read(file))
                        .results()
                        .map(path -> path.group(1))
                        .toList();
                for (String call : paths.subList(1, paths.size())) {
                    calls++;
                    if (!docs.contains("/" + paths.get(0) + "/" + call)) {
                        missing.add(file.getFileName() + ": /" + paths.get(0) + "/" + call);
                    }
                }
            }
        }
        assertEquals(List.of(), missing, "calls that no page of docs names");
        assertTrue(calls > 10, "resources were found");
    }

    @Test
    void eachMessageOfTheWebSocketIsDocumented() throws IOException {
        Set<String> inCode = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(name -> name.toString().endsWith(".java")).toList()) {
                String source = read(file);
                for (Pattern message : MESSAGES) {
                    message.matcher(source)
                            .results()
                            .forEach(found ->
                                    QUOTED.matcher(found.group()).results().forEach(name -> inCode.add(name.group(1))));
                }
            }
        }
        Set<String> documented = new TreeSet<>();
        Pattern.compile("(?m)^\\| `(\\w+)` \\|")
                .matcher(read(DOCS.resolve("signalling.md")))
                .results()
                .forEach(row -> documented.add(row.group(1)));
        assertEquals(inCode, documented, "messages and events in docs/signalling.md");
        assertTrue(inCode.size() > 15, "messages were found");
    }

    @Test
    void eachParameterOfThePagesIsDocumented() throws IOException {
        Set<String> missing = new TreeSet<>();
        int parameters = 0;
        try (Stream<Path> files = Files.list(Path.of("webapp/js"))) {
            for (Path file :
                    files.filter(name -> name.toString().endsWith(".js")).toList()) {
                String source = read(file);
                if (source.contains("new URLSearchParams(search)")
                        || source.contains("URLSearchParams(location.search)")) {
                    for (MatchResult name :
                            PAGE_PARAMETER.matcher(source).results().toList()) {
                        parameters++;
                        if (!docs.contains("\n| `" + name.group(1) + "`")) {
                            missing.add(file.getFileName() + ": " + name.group(1));
                        }
                    }
                }
            }
        }
        assertEquals(Set.of(), missing, "parameters of pages that no table of docs has");
        assertTrue(parameters > 6, "parameters were found");
    }

    /** The drawing of the layers in design.md: names at the start of each line, layers with a line between them. */
    @Test
    void layersOfTheDrawingAreThoseOfArchitectureTest() throws IOException {
        String page = read(DOCS.resolve("design.md"));
        int start = page.indexOf("```", page.indexOf("## Packages")) + 3;
        String[] layers = page.substring(start, page.indexOf("```", start)).split("─{20,}");
        Map<String, Set<String>> features = new TreeMap<>();
        layers[0].lines().filter(line -> line.contains("/")).forEach(line -> {
            String[] words = line.strip().split("/ +", 2);
            features.put(words[0], names(words[1]));
        });
        assertEquals(names(ArchitectureTest.FEATURES), features.keySet());
        for (Map.Entry<String, Set<String>> kind : features.entrySet()) {
            try (Stream<Path> folders = Files.list(SOURCES.resolve(kind.getKey()))) {
                assertEquals(
                        folders.map(folder -> folder.getFileName().toString())
                                .collect(Collectors.toCollection(TreeSet::new)),
                        kind.getValue(),
                        kind.getKey() + " in docs/design.md");
            }
        }
        assertEquals(names(ArchitectureTest.SERVICES), names(layers[1]));
        assertEquals(names(ArchitectureTest.BESIDE_STREAMS), names(layers[2]));
        assertEquals(names(ArchitectureTest.GROUND), names(layers[3]));
    }

    /** The words with which lines begin, up to five spaces. */
    private static Set<String> names(String lines) {
        return lines.lines()
                .map(line -> line.split(" {5,}")[0].strip())
                .filter(names -> !names.isEmpty())
                .flatMap(names -> Stream.of(names.split(" +")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(String[] packages) {
        return Stream.of(packages)
                .map(name -> name.replace("org.reelcast.", "").replace("..", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void eachTextForClientsIsDocumented_withItsHttpStatus() {
        Map<String, String> documented = Pattern.compile("(?m)^\\| `([^`]+)` \\| (\\d+) \\|")
                .matcher(read(DOCS.resolve("texts.md")))
                .results()
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
        assertEquals(
                Arrays.stream(StatusText.values())
                        .collect(Collectors.toMap(StatusText::text, text -> Integer.toString(text.httpStatus()))),
                documented);
    }

    @Test
    void linksLeadSomewhere() {
        List<String> broken = new ArrayList<>();
        Stream.concat(
                        pages(),
                        Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
                                .map(Path::of))
                .forEach(page -> links(page)
                        .filter(link -> !leadsSomewhere(page, link))
                        .forEach(link -> broken.add(page + ": " + link)));
        assertEquals(List.of(), broken);
    }

    /** README leads to each page in two clicks, and in one to what people ask first. */
    @Test
    void readersGetEverywhere() {
        Set<Path> first = targets(Path.of("README.md"));
        Set<Path> reached = new TreeSet<>(first);
        first.forEach(page -> reached.addAll(targets(page)));
        assertEquals(List.of(), pages().filter(page -> !reached.contains(page)).toList());
        Map.of(
                        "start.md", "On your phone",
                        "public-server.md", "3. Put a proxy in front",
                        "move-from-wcs.md", "Steps",
                        "troubleshooting.md", "No sound")
                .forEach((page, heading) -> {
                    assertTrue(first.contains(DOCS.resolve(page)), page);
                    assertTrue(read(DOCS.resolve(page)).contains("\n## " + heading + "\n"), page + ": " + heading);
                });
    }

    /** The pages that a page leads to. */
    private static Set<Path> targets(Path page) {
        return links(page)
                .map(link -> link.split("#", 2)[0])
                .filter(link -> link.endsWith(".md"))
                .map(link -> Path.of("").resolve(page).resolveSibling(link).normalize())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> links(Path page) {
        return LINK.matcher(CODE_BLOCK.matcher(read(page)).replaceAll(""))
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.matches("[a-z]+:.*"));
    }

    private static boolean leadsSomewhere(Path page, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty()
                ? page
                : Path.of("").resolve(page).resolveSibling(parts[0]).normalize();
        if (!Files.exists(target)) {
            return false;
        }
        return parts.length == 1
                || Pattern.compile("(?m)^#+ (.*)$")
                        .matcher(read(target))
                        .results()
                        .map(DocumentationTest::anchor)
                        .anyMatch(parts[1]::equals);
    }

    /** A heading's anchor, as GitHub makes it. */
    private static String anchor(MatchResult heading) {
        return heading.group(1)
                .toLowerCase()
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    private static Stream<Path> pages() {
        try (Stream<Path> files = Files.walk(DOCS)) {
            return files.filter(file -> file.toString().endsWith(".md")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
