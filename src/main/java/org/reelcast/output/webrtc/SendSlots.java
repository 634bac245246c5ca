package org.reelcast.output.webrtc;

import java.util.ArrayList;
import java.util.List;

/**
 * Viewers of one stream on one loop, in rows that are served one after the other. Who has a row keeps it; gaps are
 * filled by those who come. Never changes: another one is made of it.
 */
final class SendSlots<T> {
    /** A row but the first gets a companion when it has so many: its key frame keeps a loop busy for half a step. */
    static final int FULL = 8;
    /** Few are served at once, as each time that a loop wakes up costs something. */
    static final int FIRST_FULL = 16;

    private final List<List<T>> rows;
    private final int most;

    private SendSlots(List<List<T>> rows, int most) {
        this.rows = rows;
        this.most = most;
    }

    /** @param most how many rows there may be; they grow longer when there are no more */
    static <T> SendSlots<T> none(int most) {
        return new SendSlots<>(List.of(), most);
    }

    /** A new one joins the first row that has room, or else a new row, or else the shortest. */
    SendSlots<T> with(T member) {
        int at = 0;
        for (int i = 1; i < rows.size() && !hasRoom(at); i++) {
            at = hasRoom(i) || rows.get(i).size() < rows.get(at).size() ? i : at;
        }
        List<List<T>> changed = new ArrayList<>(rows);
        if (rows.isEmpty() || !hasRoom(at) && rows.size() < most) {
            changed.add(List.of(member));
        } else {
            List<T> row = new ArrayList<>(rows.get(at));
            row.add(member);
            changed.set(at, row);
        }
        return new SendSlots<>(changed, most);
    }

    private boolean hasRoom(int row) {
        return rows.get(row).size() < (row == 0 ? FIRST_FULL : FULL);
    }

    SendSlots<T> without(T member) {
        int at = rowOf(member);
        if (at < 0) {
            return this;
        }
        List<List<T>> changed = new ArrayList<>(rows);
        List<T> row = new ArrayList<>(rows.get(at));
        row.remove(member);
        changed.set(at, row);
        while (!changed.isEmpty() && changed.get(changed.size() - 1).isEmpty()) {
            changed.remove(changed.size() - 1);
        }
        return new SendSlots<>(changed, most);
    }

    /** This one alone, in the row that it has here. */
    SendSlots<T> only(T member) {
        List<List<T>> changed = new ArrayList<>();
        for (int i = rowOf(member); i > 0; i--) {
            changed.add(List.of());
        }
        changed.add(List.of(member));
        return new SendSlots<>(changed, most);
    }

    private int rowOf(T member) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).contains(member)) {
                return i;
            }
        }
        return -1;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    int count() {
        return rows.size();
    }

    List<T> row(int index) {
        return rows.get(index);
    }
}
