package org.reelcast.signalling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MediaSocketsTest {
    private final MediaSockets sockets = new MediaSockets();
    private final List<User> turns = new ArrayList<>();

    private final class User implements MediaSocket.User {
        @Override
        public void onTurn() {
            turns.add(this);
        }

        @Override
        public void onSocket(MediaSocket socket) {
            // by the connection
        }

        @Override
        public void onReceived() {
            // by the connection
        }

        @Override
        public void onLost() {
            // by the connection
        }
    }

    private final User first = new User();
    private final User second = new User();
    private final User third = new User();

    @Test
    void oneAfterTheOtherHasItsTurn_andGetsTheSocketThatComesThen() {
        sockets.await(first);
        sockets.await(second);
        assertEquals(List.of(first), turns);
        assertEquals(Optional.of(first), sockets.opened());
        assertEquals(List.of(first, second), turns);
        assertEquals(Optional.of(second), sockets.opened());
        assertEquals(Optional.empty(), sockets.opened());
        sockets.await(third);
        assertEquals(List.of(first, second, third), turns);
    }

    @Test
    void whoGivesUpBeforeItsTurn_hasNone() {
        sockets.await(first);
        sockets.await(second);
        sockets.await(third);
        sockets.giveUp(second);
        assertEquals(Optional.of(first), sockets.opened());
        assertEquals(List.of(first, third), turns);
    }

    @Test
    void socketOfWhoGaveUp_isNobodys() {
        sockets.await(first);
        sockets.await(second);
        sockets.giveUp(first);
        assertEquals(List.of(first), turns);
        assertEquals(Optional.empty(), sockets.opened());
        assertEquals(List.of(first, second), turns);
        assertEquals(Optional.of(second), sockets.opened());
    }

    @Test
    void socketOfWhoGaveUp_isNotWaitedForForLong() {
        sockets.await(first);
        sockets.await(second);
        sockets.tick(1_000);
        sockets.giveUp(first);
        sockets.tick(100_000);
        sockets.tick(101_900);
        assertEquals(List.of(first), turns);
        sockets.tick(102_000);
        assertEquals(List.of(first, second), turns);
        sockets.tick(200_000);
        assertEquals(Optional.of(second), sockets.opened());
        sockets.giveUp(second);
        sockets.giveUp(first);
        assertTrue(sockets.opened().isEmpty());
    }
}
