package org.reelcast.boot;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;
import org.reelcast.config.SettingsException;
import org.reelcast.config.UsersFile;

/** {@code java -jar reelcast.jar user add|list|remove}: who may call REST when it asks for a password. */
final class UserCommand {
    static final String WORD = "user";
    private static final String USAGE = "Say: user add NAME, user remove NAME, or user list.";
    private static final int SHORTEST = 8;

    private final UsersFile users;
    private final Path file;
    private final Passwords passwords;

    /** Where a password comes from. */
    interface Passwords {

        /** Empty when nobody gave one, or two that differ. */
        Optional<String> read() throws IOException;
    }

    UserCommand(Path file, Passwords passwords) {
        this.users = new UsersFile(file);
        this.file = file;
        this.passwords = passwords;
    }

    /** Does what the arguments say, from the word on, and says so. @return the process's exit status */
    static int run(String... arguments) {
        try {
            Settings settings = Settings.read();
            System.out.println(new UserCommand(settings.get(Keys.REST_USERS_FILE), UserCommand::ask)
                    .obey(Arrays.copyOfRange(arguments, 1, arguments.length)));
            return 0;
        } catch (IOException | SettingsException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    /** @return what was done @throws IOException with a sentence, when it was not */
    String obey(String... arguments) throws IOException {
        String verb = arguments.length == 0 ? "" : arguments[0];
        if (verb.equals("list") && arguments.length == 1) {
            return String.join(System.lineSeparator(), users.read().keySet());
        }
        if (arguments.length != 2) {
            throw new IOException(USAGE);
        }
        String name = arguments[1];
        return switch (verb) {
            case "add" -> add(name);
            case "remove" -> remove(name);
            default -> throw new IOException(USAGE);
        };
    }

    private String add(String name) throws IOException {
        if (!UsersFile.isName(name)) {
            throw new IOException("A name has up to 64 letters, digits, and ._@-");
        }
        String password = passwords.read().orElseThrow(() -> new IOException("No password, or two that differ."));
        if (password.length() < SHORTEST) {
            throw new IOException("A password has at least " + SHORTEST + " characters.");
        }
        users.put(name, password);
        return name + " is in " + file;
    }

    private String remove(String name) throws IOException {
        if (!users.remove(name)) {
            throw new IOException("There is no " + name + " in " + file);
        }
        return name + " is no longer in " + file;
    }

    /** From the terminal, twice and unseen; from a script by the first line of its input. */
    @SuppressWarnings("SystemConsoleNull")
    private static Optional<String> ask() throws IOException {
        // Java 22 to 24 would give one where there is no terminal
        System.setProperty("jdk.console", "java.base");
        Console console = System.console();
        if (console == null) {
            return Optional.ofNullable(
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine());
        }
        char[] first = console.readPassword("Password: ");
        char[] second = console.readPassword("Once more: ");
        return Optional.ofNullable(first)
                .filter(given -> Arrays.equals(given, second))
                .map(String::new);
    }
}
