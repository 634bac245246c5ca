package org.reelcast.boot;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;
import org.reelcast.config.SettingsException;

/**
 * {@code java -jar reelcast.jar probe ...}: has the application say how films will play, without a server around it.
 * The application lies in the jar as a WAR, which is unpacked for that.
 */
final class ProbeLauncher {
    static final String WORD = "probe";
    private static final String COMMAND = "org.reelcast.source.vod.probe.ProbeCommand";
    private static final String APPLICATION = "MICRO-INF/deploy/ROOT.war";
    /** Of the server the application needs no more here. */
    private static final String JSON = "MICRO-INF/runtime/jakarta.json.jar";

    private static final String CLASSES = "WEB-INF/classes/";
    private static final String LIBRARIES = "WEB-INF/lib/";

    private ProbeLauncher() {}

    /** Does what the arguments say, from the word on. @return the process's exit status */
    static int run(String... arguments) {
        try {
            Settings settings = Settings.read();
            Natives.chooseFolder(settings.get(Keys.CACHE_DIR));
            Path work = WorkFolder.create();
            try (URLClassLoader loader = loader(work)) {
                return (int) loader.loadClass(COMMAND)
                        .getMethod("run", Settings.class, String[].class)
                        .invoke(null, settings, Arrays.copyOfRange(arguments, 1, arguments.length));
            } finally {
                WorkFolder.deleteAtEnd(work);
            }
        } catch (InvocationTargetException e) {
            System.err.println(e.getCause());
        } catch (IOException | SettingsException e) {
            System.err.println(e.getMessage());
        } catch (ReflectiveOperationException e) {
            System.err.println("The application is not in this jar: " + e);
        }
        return 1;
    }

    private static URLClassLoader loader(Path work) throws IOException {
        List<URL> urls = new ArrayList<>();
        Path classes = Files.createDirectory(work.resolve("classes"));
        urls.add(classes.toUri().toURL());
        Path war = work.resolve("ROOT.war");
        try (JarFile jar = new JarFile(self())) {
            copy(jar, JSON, work.resolve("json.jar"));
            copy(jar, APPLICATION, war);
        }
        urls.add(work.resolve("json.jar").toUri().toURL());
        try (JarFile jar = new JarFile(war.toFile())) {
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                String name = entries.nextElement().getName();
                if (name.startsWith(LIBRARIES) && !name.endsWith("/")) {
                    Path library = work.resolve(name.substring(LIBRARIES.length()));
                    copy(jar, name, library);
                    urls.add(library.toUri().toURL());
                } else if (name.startsWith(CLASSES) && !name.endsWith("/")) {
                    copy(jar, name, classes.resolve(name.substring(CLASSES.length())));
                }
            }
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ProbeLauncher.class.getClassLoader());
    }

    private static File self() throws IOException {
        try {
            return new File(ProbeLauncher.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IOException("This jar is not found: " + e.getMessage(), e);
        }
    }

    private static void copy(JarFile jar, String name, Path to) throws IOException {
        JarEntry entry = jar.getJarEntry(name);
        if (entry == null) {
            throw new IOException(jar.getName() + " has no " + name);
        }
        Files.createDirectories(to.getParent());
        try (InputStream in = jar.getInputStream(entry)) {
            Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
