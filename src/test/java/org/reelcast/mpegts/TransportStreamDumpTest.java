package org.reelcast.mpegts;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.reelcast.GoldenText;

/** A segment of a transport stream, table by table and PES packet by PES packet, against a text that is kept. */
class TransportStreamDumpTest {
    private static final long START_US = 10_000_000;

    @Test
    void segmentWithBothTracks() throws IOException {
        TransportStreamWriter writer =
                new TransportStreamWriter(Optional.of(GeneratedFrames.H264), Optional.of(GeneratedFrames.AAC));
        byte[] segment =
                writer.segment(GeneratedFrames.pictures(START_US, 25, 700), GeneratedFrames.sounds(START_US, 47, 180));
        GoldenText.assertKept(TransportStreamDumpTest.class, "both-tracks.txt", dump(segment));
    }

    @Test
    void segmentsOfOneTrack() throws IOException {
        byte[] video = new TransportStreamWriter(Optional.of(GeneratedFrames.H264), Optional.empty())
                .segment(
                        List.of(
                                GeneratedFrames.picture(START_US, START_US + 80_000, true, 3000),
                                GeneratedFrames.picture(START_US + 40_000, START_US + 200_000, false, 400),
                                GeneratedFrames.picture(START_US + 80_000, START_US + 120_000, false, 10)),
                        List.of());
        byte[] audio = new TransportStreamWriter(Optional.empty(), Optional.of(GeneratedFrames.AAC))
                .segment(List.of(), GeneratedFrames.sounds(START_US, 20, 90));
        GoldenText.assertKept(
                TransportStreamDumpTest.class, "one-track.txt", "video\n" + dump(video) + "\naudio\n" + dump(audio));
    }

    private static String dump(byte[] segment) {
        ParsedStream stream = new ParsedStream(segment);
        StringBuilder text = new StringBuilder();
        text.append(stream.packets)
                .append(" packets, crc=")
                .append(GoldenText.crc(segment, 0, segment.length))
                .append('\n');
        for (Map.Entry<Integer, List<byte[]>> table : new TreeMap<>(stream.sections).entrySet()) {
            text.append(String.format(
                    "table %04x %d times %s\n",
                    table.getKey(),
                    table.getValue().size(),
                    HexFormat.of().formatHex(table.getValue().get(0))));
        }
        for (ParsedStream.Clock clock : stream.clocks) {
            text.append(String.format("clock in packet %d pid=%04x %d\n", clock.packet(), clock.pid(), clock.value()));
        }
        for (int pid : new int[] {ParsedStream.VIDEO, ParsedStream.AUDIO}) {
            for (ParsedStream.Pes pes : stream.pes(pid)) {
                text.append(String.format(
                        "pes %04x in packet %d%s pts=%d dts=%d length=%d payload=%d crc=%s\n",
                        pid,
                        pes.packet(),
                        pes.entry() ? " entry" : "",
                        pes.pts(),
                        pes.dts(),
                        pes.length(),
                        pes.payload().length,
                        GoldenText.crc(pes.payload(), 0, pes.payload().length)));
            }
        }
        return text.toString();
    }
}
