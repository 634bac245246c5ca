package org.reelcast.mp4.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.reelcast.mp4.box.Limits;
import org.reelcast.mp4.box.Refusals;
import org.reelcast.mp4.box.Window;

/**
 * An element of EBML (RFC 8794): like a box, with numbers of variable length for type and size.
 *
 * @param id        with its length marker, as it is usually written
 * @param payload   where its data starts
 * @param end       behind its data; where the file ends when the size is unknown
 * @param isUnknown whether the size is unknown: whatever follows belongs to it that may (RFC 8794 section 6.2)
 */
record EbmlElement(int id, long payload, long end, boolean isUnknown) {
    private static final int MAX_ID_BYTES = 4;
    private static final int MAX_SIZE_BYTES = 8;

    /** @throws org.reelcast.refusal.Refusal when there is none */
    static EbmlElement read(Window window, long position, long limit) throws IOException {
        int idBytes = length(window.u8(position));
        if (idBytes > MAX_ID_BYTES || position + idBytes >= limit) {
            throw Refusals.broken("There is no element at position " + position);
        }
        int id = (int) number(window, position, idBytes);
        long sizeAt = position + idBytes;
        int sizeBytes = length(window.u8(sizeAt));
        if (sizeBytes > MAX_SIZE_BYTES || sizeAt + sizeBytes > limit) {
            throw Refusals.broken("The element at position " + position + " has no size");
        }
        long marker = 1L << 7 * sizeBytes;
        long size = number(window, sizeAt, sizeBytes) & marker - 1;
        long payload = sizeAt + sizeBytes;
        return size == marker - 1 || size < 0
                ? new EbmlElement(id, payload, limit, true)
                : new EbmlElement(id, payload, size > Limits.POSITION ? Long.MAX_VALUE : payload + size, false);
    }

    /** Bytes of a number that begins so: as many as there are zero bits before the first one, and one. */
    static int length(int first) {
        return Integer.numberOfLeadingZeros(first) - 23;
    }

    /** All bits of so many bytes. */
    static long number(Window window, long position, int bytes) throws IOException {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | window.u8(position + i);
        }
        return value;
    }

    long length() {
        return end - payload;
    }

    /** An unsigned integer (section 7.2). */
    long unsigned(Window window) throws IOException {
        return length() > 8 ? 0 : number(window, payload, (int) length());
    }

    /** A floating-point number (section 7.3); 0 when it is none. */
    double real(Window window) throws IOException {
        return length() == 4
                ? Float.intBitsToFloat(window.i32(payload))
                : length() == 8 ? Double.longBitsToDouble(window.i64(payload)) : 0;
    }

    /** What it holds; no more than is sensible. */
    List<EbmlElement> children(Window window) throws IOException {
        List<EbmlElement> children = new ArrayList<>();
        for (long at = payload; at < end; ) {
            EbmlElement child = read(window, at, end);
            if (child.isUnknown || child.end > end || children.size() == Limits.CHILDREN) {
                throw Refusals.broken("The element at position " + payload + " is broken");
            }
            children.add(child);
            at = child.end;
        }
        return children;
    }

    /** What it holds, when that is not beyond all reason. */
    byte[] bytes(Window window) throws IOException {
        if (length() > Limits.SMALL_BOX) {
            throw Refusals.broken("An element of the header claims " + length() + " bytes");
        }
        return window.bytes(payload, (int) length());
    }
}
