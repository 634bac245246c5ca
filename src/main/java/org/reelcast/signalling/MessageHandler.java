package org.reelcast.signalling;

import java.util.Set;

/** Answers messages of clients that concern one feature: every CDI bean of this type is asked. */
public interface MessageHandler {

    /** The names of the messages that it answers. */
    Set<String> messages();

    /** Answers, at once or later; does not block. */
    void onMessage(Message message, Client client);
}
