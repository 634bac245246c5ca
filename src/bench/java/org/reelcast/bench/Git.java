package org.reelcast.bench;

import java.io.IOException;
import java.util.List;
import org.reelcast.rendition.GeneratedMedia;

/** What is being measured. */
final class Git {
    private Git() {}

    /** The commit's short name, with a plus when files were changed since; {@code unknown} without git. */
    static String commit() {
        try {
            String name = GeneratedMedia.run(List.of("git", "rev-parse", "--short=8", "HEAD"))
                    .trim();
            String changed = GeneratedMedia.run(List.of("git", "status", "--porcelain", "src/main", "pom.xml"))
                    .trim();
            return name + (changed.isEmpty() ? "" : "+");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
