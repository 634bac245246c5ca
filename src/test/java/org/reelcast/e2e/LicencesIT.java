package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.e2e.harness.BesideOthers;

/** What the WAR and the jar say about the licences of all that they bring along. */
@BesideOthers
class LicencesIT {
    private static final String NOTICE = "META-INF/THIRD-PARTY.txt";
    private static final String LIBRARIES = "WEB-INF/lib/";
    private static final Path TARGET = Path.of("target").toAbsolutePath();

    @ParameterizedTest
    @ValueSource(strings = {"reelcast.war", "reelcast.jar"})
    void licencesAreInside(String file) throws IOException {
        try (ZipFile archive = new ZipFile(TARGET.resolve(file).toFile())) {
            String notice = text(archive, NOTICE);
            assertAll(
                    () -> assertEquals(Files.readString(Path.of("LICENSE")), text(archive, "META-INF/LICENSE")),
                    () -> assertTrue(
                            text(archive, "META-INF/licenses/LGPL-3.0.txt").contains("LESSER GENERAL")),
                    () -> assertTrue(
                            text(archive, "META-INF/licenses/GPL-3.0.txt").contains("GENERAL PUBLIC")),
                    () -> assertFalse(notice.contains("Unknown license"), notice));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "reelcast.war")
    void eachLibraryIsNamed(String file) throws IOException {
        try (ZipFile archive = new ZipFile(TARGET.resolve(file).toFile())) {
            String notice = text(archive, NOTICE);
            List<String> libraries = archive.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.startsWith(LIBRARIES) && !name.equals(LIBRARIES))
                    .map(name -> name.substring(LIBRARIES.length()))
                    .toList();
            assertFalse(libraries.isEmpty());
            assertEquals(
                    List.of(),
                    libraries.stream()
                            .filter(library -> !isNamed(library, notice))
                            .toList());
        }
    }

    /** For scanners that look for known weaknesses; and files whose times would make each build another one. */
    @ParameterizedTest
    @ValueSource(strings = {"reelcast.war", "reelcast.jar"})
    void partsList_namesEachLibrary_andTimesAreTheBuilds(String file) throws IOException {
        List<String> libraries;
        try (ZipFile war = new ZipFile(TARGET.resolve("reelcast.war").toFile())) {
            libraries = war.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.startsWith(LIBRARIES) && !name.equals(LIBRARIES))
                    .map(name -> name.substring(LIBRARIES.length()))
                    .toList();
        }
        try (ZipFile archive = new ZipFile(TARGET.resolve(file).toFile())) {
            List<String> named = JsonParser.parseString(text(archive, "META-INF/sbom/bom.json"))
                    .getAsJsonObject()
                    .getAsJsonArray("components")
                    .asList()
                    .stream()
                    .map(JsonElement::getAsJsonObject)
                    .map(part -> part.get("name").getAsString() + "-"
                            + part.get("version").getAsString())
                    .toList();
            assertEquals(
                    List.of(),
                    libraries.stream()
                            .filter(library -> named.stream().noneMatch(library::startsWith))
                            .toList());
            assertTrue(named.stream().anyMatch(name -> name.startsWith("payara-micro-")), named::toString);
            String hls = Files.readString(Path.of("pom.xml")).replaceFirst("(?s).*<hlsjs.version>(.*?)<.*", "$1");
            assertTrue(named.contains("hls.js-" + hls), named::toString);
            assertEquals(
                    1, archive.stream().map(ZipEntry::getTimeLocal).distinct().count());
        }
    }

    @Test
    void partsOfTheServerThatNothingUses_areLeftOut() throws IOException {
        try (ZipFile jar = new ZipFile(TARGET.resolve("reelcast.jar").toFile())) {
            List<String> unused = Pattern.compile("<exclude name=\"(MICRO-INF/runtime/[^\"*]*)")
                    .matcher(Files.readString(Path.of("pom.xml")))
                    .results()
                    .map(result -> result.group(1))
                    .toList();
            assertTrue(unused.size() > 20, unused::toString);
            assertEquals(
                    List.of(),
                    jar.stream()
                            .map(ZipEntry::getName)
                            .filter(name -> unused.stream().anyMatch(name::startsWith))
                            .toList());
            assertTrue(jar.getEntry("MICRO-INF/runtime/hazelcast.jar") != null);
        }
    }

    /** @param library artifact, version, classifier, joined by hyphens; the notice joins the former two by a colon */
    private static boolean isNamed(String library, String notice) {
        return notice.lines().filter(line -> line.startsWith("  * ")).anyMatch(line -> {
            String[] coordinates =
                    line.replaceFirst(".* \\(([^ ,]*:[^ ,]*:[^ ,)]*).*", "$1").split(":");
            return coordinates.length == 3 && library.startsWith(coordinates[1] + "-" + coordinates[2]);
        });
    }

    private static String text(ZipFile archive, String name) throws IOException {
        try (InputStream in = archive.getInputStream(archive.getEntry(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
