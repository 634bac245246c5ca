package org.reelcast.mp4.box;

import java.io.IOException;

/**
 * Where a box is (ISO 14496-12 section 4.2); its bytes stay in the file.
 *
 * @param type    four characters as a number
 * @param start   of its header
 * @param payload behind its header
 * @param end     behind its last byte; never beyond what contains it, save {@code mdat}
 */
public record Box(int type, long start, long payload, long end) {

    /**
     * Reads the header of the box at {@code position}.
     *
     * @param limit where its container ends
     * @throws Refusal when it cannot be one, or ends beyond its container and is not {@code mdat}
     */
    public static Box read(Window window, long position, long limit) throws IOException {
        if (limit - position < 8) {
            throw Refusals.broken("A box at " + position + " is cut off");
        }
        long size = window.u32(position);
        int type = window.i32(position + 4);
        long payload = position + 8;
        if (size == 1) {
            if (limit - position < 16) {
                throw Refusals.broken("Box '" + BoxType.name(type) + "' at " + position + " is cut off");
            }
            size = window.i64(position + 8);
            payload = position + 16;
        } else if (size == 0) {
            size = limit - position;
        }
        if (size < payload - position) {
            throw Refusals.broken(
                    "Box '" + BoxType.name(type) + "' at " + position + " has the impossible size " + size);
        }
        if (size > limit - position) {
            if (type != BoxType.MDAT) {
                throw Refusals.broken("Box '" + BoxType.name(type) + "' at " + position + " claims " + size
                        + " bytes where " + (limit - position) + " are left");
            }
            return new Box(type, position, payload, limit);
        }
        return new Box(type, position, payload, position + size);
    }

    public long length() {
        return end - payload;
    }

    public boolean is(int code) {
        return type == code;
    }

    public String name() {
        return BoxType.name(type);
    }
}
