package org.reelcast.mp4.read;

import java.io.IOException;
import org.reelcast.mp4.box.Window;

/**
 * How a picture is turned for display: one of eight ways.
 *
 * @param mirrored whether left and right change places before it is turned
 * @param rotation degrees clockwise: 0, 90, 180 or 270
 */
record Orientation(boolean mirrored, int rotation) {
    static final Orientation UPRIGHT = new Orientation(false, 0);

    /** A matrix further from a quarter turn than that is one that nobody shows. */
    private static final double TOLERANCE = 0.01;

    /** The four numbers of a matrix that turn (ISO 14496-12 section 6.2.2): x' = ax + cy, y' = bx + dy, y downwards. */
    record Matrix(double a, double b, double c, double d) {
        static final Matrix UNITY = new Matrix(1, 0, 0, 1);

        /** @param at where the matrix starts: rows a b u, c d v, x y w. One of zeros alone counts as none. */
        static Matrix read(Window window, long at) throws IOException {
            Matrix matrix = new Matrix(window.i32(at), window.i32(at + 4), window.i32(at + 12), window.i32(at + 16));
            return matrix.equals(new Matrix(0, 0, 0, 0)) ? UNITY : matrix;
        }

        /** This matrix, then the other. */
        Matrix then(Matrix other) {
            return new Matrix(
                    a * other.a + b * other.c,
                    a * other.b + b * other.d,
                    c * other.a + d * other.c,
                    c * other.b + d * other.d);
        }
    }

    static Orientation of(Matrix m) {
        double straight = Math.abs(m.a) + Math.abs(m.d);
        double turned = Math.abs(m.b) + Math.abs(m.c);
        if (turned <= TOLERANCE * straight && m.a != 0 && m.d != 0) {
            return m.a > 0 == m.d > 0
                    ? new Orientation(false, m.a > 0 ? 0 : 180)
                    : new Orientation(true, m.a < 0 ? 0 : 180);
        }
        if (straight <= TOLERANCE * turned && m.b != 0 && m.c != 0) {
            return m.b > 0 != m.c > 0
                    ? new Orientation(false, m.b > 0 ? 90 : 270)
                    : new Orientation(true, m.b < 0 ? 90 : 270);
        }
        return UPRIGHT;
    }
}
