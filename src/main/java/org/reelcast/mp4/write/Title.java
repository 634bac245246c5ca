package org.reelcast.mp4.write;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.reelcast.mp4.box.BoxType;

/** A film's title where players look for it: {@code moov/udta/meta/ilst/©nam/data}, as iTunes has it. */
final class Title {
    private static final int UTF8 = 1;
    private static final int META_CHILDREN = 4;
    private static final int TEXT = 8;

    private Title() {}

    /** Writes nothing for an empty title. */
    static void write(BoxBuffer out, String title) {
        if (title.isEmpty()) {
            return;
        }
        out.open("udta").openFull("meta", 0, 0);
        out.openFull("hdlr", 0, 0).u32(0).ascii("mdir").ascii("appl").zeros(9).close();
        out.open("ilst").open("©nam").open("data").u32(UTF8).u32(0).bytes(title.getBytes(StandardCharsets.UTF_8));
        out.close().close().close().close().close();
    }

    /** The title of a film that {@link FragmentWriter} wrote. @param header its boxes before the first fragment */
    static Optional<String> read(ByteBuffer header) {
        return child(BoxView.list(header, 0, header.limit()), "moov")
                .flatMap(moov -> child(moov.children(), "udta"))
                .flatMap(udta -> child(udta.children(), "meta"))
                .filter(meta -> meta.length() > META_CHILDREN)
                .flatMap(meta -> child(list(meta.payload(META_CHILDREN)), "ilst"))
                .flatMap(ilst -> child(ilst.children(), "©nam"))
                .flatMap(name -> child(name.children(), "data"))
                .filter(data -> data.length() > TEXT)
                .map(data -> StandardCharsets.UTF_8.decode(data.payload(TEXT)).toString());
    }

    private static List<BoxView> list(ByteBuffer boxes) {
        return BoxView.list(boxes, 0, boxes.limit());
    }

    private static Optional<BoxView> child(List<BoxView> boxes, String type) {
        int code = BoxType.of(type);
        return boxes.stream().filter(box -> box.type() == code).findFirst();
    }
}
