package org.reelcast.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.config.UsersFile;

/** Names and passwords for REST. */
class RestUsersTest {
    private static final InetAddress ADDRESS = address("2001:db8::1");

    @TempDir
    Path folder;

    private long nowMs;

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private Path file() {
        return folder.resolve("users");
    }

    private RestUsers users() throws IOException {
        new UsersFile(file()).put("admin", "secret: x");
        return new RestUsers(file(), () -> nowMs);
    }

    private static String basic(String both) {
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void rightPassword_isWelcome_whateverTheSchemesCase() throws IOException {
        RestUsers users = users();
        assertEquals(RestUsers.Verdict.WELCOME, users.check(basic("admin:secret: x"), ADDRESS));
        assertEquals(
                RestUsers.Verdict.WELCOME, users.check(basic("admin:secret: x").replace("Basic", "bASIC "), ADDRESS));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "Basic",
                "Basic ",
                "Basic !",
                "Bearer YWRtaW46c2VjcmV0OiB4",
                "Basic YWRtaW4=",
                "Basic Og==",
                "Basic YWRtaW46"
            })
    void anythingElse_isUnknown(String header) throws IOException {
        assertEquals(RestUsers.Verdict.UNKNOWN, users().check(header, ADDRESS));
    }

    @Test
    void wrongOnes_areFewAnAddress_andHeWhoKnowsGoesOn() throws IOException {
        RestUsers users = users();
        assertEquals(RestUsers.Verdict.WELCOME, users.check(basic("admin:secret: x"), ADDRESS));
        for (int i = 0; i < 10; i++) {
            assertEquals(RestUsers.Verdict.UNKNOWN, users.check(basic("admin:" + i), ADDRESS));
        }
        assertEquals(RestUsers.Verdict.TOO_MANY, users.check(basic("admin:11"), ADDRESS));
        assertEquals(
                RestUsers.Verdict.TOO_MANY,
                users.check(basic("admin:11"), address("2001:db8::2")),
                "another of the same network");
        assertEquals(RestUsers.Verdict.WELCOME, users.check(basic("admin:secret: x"), ADDRESS));
        assertEquals(RestUsers.Verdict.UNKNOWN, users.check(basic("admin:11"), address("192.0.2.2")));
        nowMs += 61_000;
        assertEquals(RestUsers.Verdict.UNKNOWN, users.check(basic("admin:12"), ADDRESS));
    }

    @Test
    void changesOfTheFile_count() throws IOException {
        RestUsers users = users();
        assertEquals(RestUsers.Verdict.WELCOME, users.check(basic("admin:secret: x"), ADDRESS));
        new UsersFile(file()).put("other", "another one");
        new UsersFile(file()).remove("admin");
        nowMs += 1_000;
        assertEquals(RestUsers.Verdict.UNKNOWN, users.check(basic("admin:secret: x"), ADDRESS));
        assertEquals(RestUsers.Verdict.WELCOME, users.check(basic("other:another one"), ADDRESS));
    }

    @Test
    void noFile_orABrokenOne_letsNobodyIn() throws IOException {
        RestUsers none = new RestUsers(file(), () -> nowMs);
        assertEquals(RestUsers.Verdict.UNKNOWN, none.check(basic(":"), ADDRESS));
        RestUsers users = users();
        Files.writeString(file(), "admin:secret: x\n");
        nowMs += 1_000;
        assertEquals(RestUsers.Verdict.UNKNOWN, users.check(basic("admin:secret: x"), ADDRESS));
    }
}
