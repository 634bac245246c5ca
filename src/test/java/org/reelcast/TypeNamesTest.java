package org.reelcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Types are called by words that can be searched for: audio and video as standards have it, what a thing is, not how it
 * felt. What a word stands for is in docs/glossary.md.
 */
class TypeNamesTest {
    private static final Pattern WORD = Pattern.compile("[A-Z][a-z0-9]*");
    /** Words of our own that names had, or a reader would take for something else. */
    private static final Set<String> PRIVATE = Set.of(
            "Agents",
            "Alarms",
            "Askers",
            "Charges",
            "Chatter",
            "Door",
            "Doors",
            "Goodbye",
            "Lead",
            "Lean",
            "Made",
            "Means",
            "Pace",
            "Parts",
            "Piece",
            "Pieces",
            "Rehearsal",
            "Resender",
            "Reserve",
            "Rows",
            "Shelf",
            "Side",
            "Sides",
            "Slowness",
            "Sound",
            "Sounds",
            "Studio",
            "Take",
            "Taken",
            "Wanted",
            "Watched",
            "Wave",
            "Waves",
            "Wish");

    @Test
    void namesOfTypesHaveNoPrivateWords() throws IOException {
        Set<String> found = new TreeSet<>();
        int types = 0;
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            for (Path file :
                    files.filter(name -> name.toString().endsWith(".java")).toList()) {
                String type = file.getFileName().toString().replace(".java", "");
                types++;
                WORD.matcher(type)
                        .results()
                        .map(word -> word.group())
                        .filter(PRIVATE::contains)
                        .forEach(word -> found.add(type + ": " + word));
            }
        }
        assertEquals(Set.of(), found, "a word that can be searched for is better");
        assertTrue(types > 500, "types were found");
    }
}
