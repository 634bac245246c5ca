package org.reelcast.e2e.harness;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

/** axe-core, which finds in a page what keeps people from using it (WCAG). */
public final class AxeCore {
    private static final String VERSION = "4.10.3";

    private AxeCore() {}

    /** What is wrong with the page as it is now; one line for each thing. @param where for the lines */
    public static List<String> faults(Page page, String where) {
        page.evaluate(source());
        @SuppressWarnings("unchecked")
        List<String> found = (List<String>) page.evaluate("""
                async () => (await axe.run(document, {resultTypes: ['violations']})).violations
                    .map(fault => fault.impact + ': ' + fault.id + ' at ' + fault.nodes.map(node => node.target).join(', '))""");
        return found.stream().map(fault -> where + ": " + fault).toList();
    }

    private static String source() {
        try {
            return Files.readString(NpmPackage.folder("axe-core", VERSION).resolve("axe.min.js"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
