package org.reelcast.boot;

import fish.payara.micro.boot.PayaraMicroLauncher;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Logger;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;
import org.reelcast.config.SettingsException;
import org.reelcast.config.Version;

/**
 * Starts {@code reelcast.jar}: turns the settings into what Payara Micro wants to know, then hands over to it in the
 * same virtual machine. Arguments go to Payara Micro as they are; {@code user} and {@code probe} are
 * commands of their own ({@link UserCommand}, {@link ProbeLauncher}).
 *
 * <p>Ends with status 1 and one sentence on the error output when the server cannot start.
 */
public final class Main {
    /** Parts of Payara Micro that nobody asks for here; the first would also answer for our /health. */
    private static final List<String> UNUSED = List.of(
            "set-microprofile-healthcheck-configuration --enabled=false",
            "set-openapi-configuration --enabled=false",
            "set configs.config.server-config.microprofile-metrics-configuration.enabled=false");

    /** The application sets it when all of it has started, for Payara Micro goes on without it. */
    private static final String STARTED = "reelcast.started";

    /** The application does in other threads what can wait only once it is not set any more. */
    private static final String STARTING = "reelcast.starting";

    /** How many films there are, in words: the application sets it when it has looked. */
    private static final String FILMS = "reelcast.films";

    private Main() {}

    public static void main(String[] arguments) {
        if (Arrays.asList(arguments).contains("--version")) {
            System.out.println(Version.ofBuild());
            return;
        }
        if (arguments.length > 0 && arguments[0].equals(UserCommand.WORD)) {
            System.exit(UserCommand.run(arguments));
        }
        if (arguments.length > 0 && arguments[0].equals(ProbeLauncher.WORD)) {
            System.exit(ProbeLauncher.run(arguments));
        }
        // before anything logs or opens a socket: both are read once, when the first does
        System.setProperty("java.util.logging.manager", LastingLogManager.class.getName());
        // Payara Micro would turn IPv6 off
        System.setProperty("java.net.preferIPv4Stack", System.getProperty("java.net.preferIPv4Stack", "false"));
        // no argument of a script is ever read by a Windows shell
        System.setProperty("jdk.lang.Process.allowAmbiguousCommands", "false");
        long started = System.nanoTime();
        UnsafeMemoryAccess.allow();
        ParentWatch.start();
        LastResort.start();
        try {
            Settings settings = Settings.read();
            start(settings, arguments);
            Logger.getLogger("Reelcast")
                    .info("REST is for this machine, private networks and rest_allow_addresses; before "
                            + "strangers can reach this server see docs/security.md");
            long ms = (System.nanoTime() - started) / 1_000_000;
            Logger.getLogger("Reelcast").info("Reelcast is ready after " + ms + " ms: " + summary(settings));
        } catch (SettingsException e) {
            stop(e.getMessage());
        } catch (Exception e) {
            e.printStackTrace();
            stop(e.toString());
        }
    }

    private static void start(Settings settings, String[] arguments) throws Exception {
        Path work = WorkFolder.create();
        try {
            Path logging = BootLogging.configure(settings, work);
            JitLimits.apply(work);
            HostName.check(InetAddress::getLocalHost);
            Listeners.checkFree(settings);
            TlsKeystore keystore = TlsKeystore.prepare(settings, work, InstantSource.system());
            TlsWatch watch = new TlsWatch(settings, work, ListenerKeys.install(), keystore, InstantSource.system());
            SampleFilm.unpack(settings.get(Keys.MEDIA_DIR), settings.home().resolve("media"));
            setProperties(keystore);
            Natives.chooseFolder(settings.get(Keys.CACHE_DIR));
            Path commands = work.resolve("before-boot.txt");
            Files.write(commands, UNUSED);
            Files.write(commands, Listeners.commands(settings), StandardOpenOption.APPEND);
            List<String> options = new ArrayList<>(List.of(
                    "--noHazelcast",
                    "--disablePhoneHome",
                    "--rootDir",
                    Files.createDirectory(work.resolve("server")).toString(),
                    "--logProperties",
                    logging.toString(),
                    "--preBootCommandFile",
                    commands.toString()));
            options.addAll(Arrays.asList(arguments));
            System.setProperty(STARTING, "true");
            PayaraMicroLauncher.create(options.toArray(String[]::new));
            System.clearProperty(STARTING);
            if (!Boolean.getBoolean(STARTED)) {
                throw new SettingsException(StartFailure.reason());
            }
            watch.start();
            HeapSize.tidy();
        } finally {
            WorkFolder.deleteAtEnd(work);
        }
    }

    private static void setProperties(TlsKeystore keystore) {
        // for the application's port filter: the listeners are as the settings have them
        System.setProperty("reelcast.listeners", "true");
        System.setProperty("javax.net.ssl.keyStore", keystore.file().toString());
        System.setProperty("javax.net.ssl.keyStoreType", "PKCS12");
        System.setProperty("javax.net.ssl.keyStorePassword", keystore.password());
        // whom to trust is Java's matter; Payara Micro's own list is old
        Path trusted = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
        if (System.getProperty("javax.net.ssl.trustStore") == null && Files.isReadable(trusted)) {
            System.setProperty("javax.net.ssl.trustStore", trusted.toString());
            System.setProperty("javax.net.ssl.trustStorePassword", "changeit");
        }
    }

    private static String summary(Settings settings) {
        return Version.ofBuild() + " plays at " + String.join(", ", Addresses.ofPlayer(settings)) + "; "
                + System.getProperty(FILMS, "films") + " in " + settings.get(Keys.MEDIA_DIR)
                + "; WebSocket on ws " + settings.get(Keys.WS_PORT) + " and wss " + settings.get(Keys.WSS_PORT)
                + ", pages on http " + settings.get(Keys.HTTP_PORT) + " and https " + settings.get(Keys.HTTPS_PORT)
                + "; settings from " + settings.source();
    }

    private static void stop(String sentence) {
        System.err.println("Reelcast does not start. " + sentence);
        System.exit(1);
    }
}
