package org.reelcast.webrtc.sdp;

import java.util.ArrayList;
import java.util.List;

/** The attributes of one section of a description, in their order. */
final class Attributes {
    private final List<Attribute> lines = new ArrayList<>();

    void add(Attribute attribute) {
        lines.add(attribute);
    }

    boolean has(String name) {
        return first(name) != null;
    }

    /** The value of the first attribute of that name, null when there is none. */
    String first(String name) {
        for (Attribute line : lines) {
            if (line.name().equals(name)) {
                return line.value();
            }
        }
        return null;
    }

    /** The values of all attributes of that name. */
    List<String> all(String name) {
        List<String> found = new ArrayList<>();
        for (Attribute line : lines) {
            if (line.name().equals(name)) {
                found.add(line.value());
            }
        }
        return found;
    }
}
