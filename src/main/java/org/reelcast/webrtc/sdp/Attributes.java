package org.reelcast.webrtc.sdp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The {@code a=} lines of one section of a description (RFC 8866 section 5.13), by name and in their order. */
final class Attributes {
    private final Map<String, List<String>> values = new HashMap<>();

    /** @param text what follows {@code a=}: a name and, after a colon, its value; a property has an empty one */
    void add(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text.strip() : text.substring(0, colon);
        values.computeIfAbsent(name, unused -> new ArrayList<>(1))
                .add(colon < 0 ? "" : text.substring(colon + 1).strip());
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** The value of the first attribute of that name, null when there is none. */
    String first(String name) {
        List<String> all = values.get(name);
        return all == null ? null : all.get(0);
    }

    /** The values of all attributes of that name. */
    List<String> all(String name) {
        return Collections.unmodifiableList(values.getOrDefault(name, List.of()));
    }
}
