package org.reelcast.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.config.UsersFile;

/** {@code user add}, {@code list} and {@code remove}. */
class UserCommandTest {
    @TempDir
    Path folder;

    private Optional<String> password = Optional.of("a long one");

    private Path file() {
        return folder.resolve("conf").resolve("users");
    }

    private String obey(String... arguments) throws IOException {
        return new UserCommand(file(), () -> password).obey(arguments);
    }

    @Test
    void users_areAdded_listed_andRemoved() throws IOException {
        assertEquals("", obey("list"));
        obey("add", "zoe@example.com");
        obey("add", "admin");
        assertEquals("admin" + System.lineSeparator() + "zoe@example.com", obey("list"));
        String text = Files.readString(file());
        assertFalse(text.contains("a long one"), text);
        assertTrue(new UsersFile(file()).read().get("admin").matches("a long one"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
        password = Optional.of("ein längeres");
        obey("add", "admin");
        assertFalse(new UsersFile(file()).read().get("admin").matches("a long one"));
        assertTrue(new UsersFile(file()).read().get("admin").matches("ein längeres"));
        obey("remove", "admin");
        assertEquals("zoe@example.com", obey("list"));
        assertThrows(IOException.class, () -> obey("remove", "admin"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a:b", "a b", "#a", "\n"})
    void namesThatAreNone_areRefused(String name) {
        assertThrows(IOException.class, () -> obey("add", name));
    }

    @Test
    void shortOrMissingPassword_isRefused_andNothingWritten() {
        password = Optional.of("1234567");
        assertThrows(IOException.class, () -> obey("add", "admin"));
        password = Optional.empty();
        assertThrows(IOException.class, () -> obey("add", "admin"));
        assertThrows(IOException.class, () -> obey("add"));
        assertThrows(IOException.class, () -> obey());
        assertThrows(IOException.class, () -> obey("delete", "admin"));
        assertFalse(Files.exists(file()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "admin",
                "admin:secret",
                "admin:pbkdf2-sha256:99999999:AAAA:AAAA",
                "admin:pbkdf2-sha256:1:AAAA:AAAA",
                "admin:pbkdf2-sha256:x:AAAA:AAAA",
                ":pbkdf2-sha256:1:AAAA:AAAA"
            })
    void lineThatIsNoUser_isToldWithItsNumber(String line) throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "# one\n\n" + line + "\n");
        IOException told = assertThrows(IOException.class, () -> obey("list"));
        assertTrue(told.getMessage().contains("line 3"), told.getMessage());
    }
}
