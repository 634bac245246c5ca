package org.reelcast.mp4.read;

import java.io.IOException;
import java.util.HexFormat;
import java.util.zip.CRC32;
import org.reelcast.mp4.index.SampleCursor;
import org.reelcast.storage.ByteSource;

/** A movie as text: facts, entries, and each sample with a checksum of its bytes. */
final class MovieDump {

    private MovieDump() {}

    static String of(ByteSource source) throws IOException {
        Movie movie = Movie.read(source);
        StringBuilder text = new StringBuilder("movie durationUs=" + movie.durationUs() + "\n");
        for (String note : movie.notes()) {
            text.append("note ").append(note).append('\n');
        }
        if (movie.video().isPresent()) {
            track(source, movie.video().get(), text);
        }
        if (movie.audio().isPresent()) {
            track(source, movie.audio().get(), text);
        }
        return text.toString();
    }

    private static void track(ByteSource source, Track track, StringBuilder text) throws IOException {
        StringBuilder body = new StringBuilder();
        int count = 0;
        for (SampleCursor cursor = track.samples().cursor(); cursor.next(); count++) {
            sample(source, cursor, body);
        }
        text.append(String.format(
                "track %d %s timescale=%d size=%dx%d rotation=%d durationUs=%d samples=%d stss=%s\n",
                track.id(),
                track.codec(),
                track.timescale(),
                track.width(),
                track.height(),
                track.rotation(),
                track.durationUs(),
                count,
                track.samples().hasSyncTable()));
        for (SampleEntry entry : track.entries()) {
            text.append("  entry ").append(entry(entry)).append('\n');
        }
        text.append(body);
    }

    private static String entry(SampleEntry entry) {
        HexFormat hex = HexFormat.of();
        if (entry instanceof AvcEntry avc) {
            return avc.format() + " " + avc.width() + "x" + avc.height() + " nal="
                    + avc.config().nalLengthSize()
                    + " sps=" + avc.config().sps().stream().map(hex::formatHex).toList()
                    + " pps=" + avc.config().pps().stream().map(hex::formatHex).toList();
        }
        if (entry instanceof OpusEntry opus) {
            return opus.format() + " channels=" + opus.channels();
        }
        AacEntry aac = (AacEntry) entry;
        return aac.format() + " config=" + hex.formatHex(aac.config().bytes()) + " type="
                + aac.config().objectType() + " channels=" + aac.channels() + " rate="
                + aac.config().sampleRate();
    }

    private static void sample(ByteSource source, SampleCursor cursor, StringBuilder text) throws IOException {
        byte[] bytes = new byte[cursor.size()];
        int got = source.readFully(cursor.position(), bytes, 0, bytes.length);
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, got);
        text.append(String.format(
                "  %d at=%d size=%d dts=%d pts=%d dur=%d%s%s%s%s crc=%08x\n",
                cursor.index(),
                cursor.position(),
                cursor.size(),
                cursor.decodeTimeUs(),
                cursor.presentationTimeUs(),
                cursor.durationUs(),
                cursor.isSync() ? " sync" : "",
                cursor.isCut() ? " cut" : "",
                cursor.entry() == 0 ? "" : " entry=" + cursor.entry(),
                cursor.isAvailable() ? "" : " missing",
                crc.getValue()));
    }
}
