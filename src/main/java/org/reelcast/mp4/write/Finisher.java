package org.reelcast.mp4.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.reelcast.mp4.box.BoxType;

/**
 * Makes a plain MP4 with its index first of the fragments that {@link FragmentWriter} wrote, whether it came to its
 * end or
 * was cut off anywhere. Copies the samples in a stream and writes the tables as it goes over the fragments: memory does
 * not grow with the film, only with the number of sample entries.
 */
public final class Finisher {
    private static final int MAX_HEADER = 1 << 20;
    private static final long NARROW = 0xffff_ffffL;

    private final FileChannel from;
    private final ByteBuffer header;
    private final FragmentScan scan;
    private final List<TrackFacts> tracks = new ArrayList<>();
    private final long end;
    private long dataBytes;
    private long soundUs;

    private Finisher(FileChannel from, ByteBuffer header) throws IOException {
        this.from = from;
        this.header = header;
        scan = new FragmentScan(from, header.limit(), MoovCopy.sampleEntry(header, MovieHeader.VIDEO_ID));
        for (int id : new int[] {MovieHeader.VIDEO_ID, MovieHeader.AUDIO_ID}) {
            tracks.add(new TrackFacts(id, MoovCopy.timescale(header, id)));
        }
        end = scan.walk(new FragmentScan.Visitor() {
            @Override
            public void soundLater(long us) {
                soundUs = us;
            }

            @Override
            public void samples(FragmentScan.Samples samples) {
                tracks.get(samples.trackId() == MovieHeader.VIDEO_ID ? 0 : 1).count(samples);
            }

            @Override
            public void data(long position, long length) {
                dataBytes += length;
            }
        });
        tracks.removeIf(track -> track.samples == 0);
        if (tracks.size() == 2) {
            tracks.get(1).later(soundUs);
        }
    }

    /**
     * Looks over what was written.
     *
     * @param from open for reading
     * @return empty when there is no whole fragment in it: nothing to finish
     */
    public static Optional<Finisher> open(FileChannel from) throws IOException {
        ByteBuffer start = ByteBuffer.allocate((int) Math.min(MAX_HEADER, from.size()));
        while (start.hasRemaining() && from.read(start, start.position()) >= 0) {
            // once more
        }
        int at = 0;
        for (BoxView box : BoxView.list(start, 0, start.position())) {
            at += box.length() + 8;
            if (box.type() == BoxType.MOOV) {
                Finisher finisher = new Finisher(from, start.limit(at));
                return finisher.tracks.isEmpty() ? Optional.empty() : Optional.of(finisher);
            }
            if (box.type() != BoxType.FTYP) {
                break;
            }
        }
        return Optional.empty();
    }

    /** Whether {@link FragmentWriter} wrote the file, as far as it got. */
    public static boolean isOurs(FileChannel file) throws IOException {
        BoxBuffer expected = new BoxBuffer();
        MovieHeader.fileType(expected);
        ByteBuffer start = ByteBuffer.allocate((int) Math.min(expected.length(), file.size()));
        while (start.hasRemaining() && file.read(start, start.position()) >= 0) {
            // once more
        }
        return start.flip().equals(expected.toRead().limit(start.limit()));
    }

    /** How long the film will be, in microseconds. */
    public long durationUs() {
        return MoovCopy.movieUnits(header, tracks) * 1000 / (MovieHeader.TIMESCALE / 1000);
    }

    public boolean hasVideo() {
        return tracks.stream().anyMatch(TrackFacts::isVideo);
    }

    public boolean hasAudio() {
        return tracks.stream().anyMatch(track -> !track.isVideo());
    }

    /** What the film is called, see {@link FragmentWriter}. */
    public Optional<String> title() {
        return Title.read(header);
    }

    /** Where the last whole fragment ends: cut off there, the file plays as it is. */
    public long wholeBytes() {
        return end;
    }

    /** Writes the plain file, from its first byte to its last. */
    public void write(WritableByteChannel to) throws IOException {
        write(to, NARROW);
    }

    /** @param narrow positions and sizes beyond it take 64 bits */
    void write(WritableByteChannel to, long narrow) throws IOException {
        boolean wide = from.size()
                        + 64 * tracks.stream().mapToLong(track -> track.samples).sum()
                > narrow;
        BoxStream out = new BoxStream();
        MoovCopy copy = new MoovCopy(header, tracks, out, scan, wide);
        copy.write(0);
        long dataStart = out.position() + (wide ? 16 : 8);
        out.startWriting(to);
        copy.write(dataStart);
        if (wide) {
            out.u32(1);
            out.u32(BoxType.MDAT);
            out.u64(16 + dataBytes);
        } else {
            out.u32((int) (8 + dataBytes));
            out.u32(BoxType.MDAT);
        }
        out.flush();
        scan.walk(new FragmentScan.Visitor() {
            @Override
            public void data(long position, long length) throws IOException {
                long at = position;
                while (at < position + length) {
                    long copied = from.transferTo(at, position + length - at, to);
                    if (copied <= 0) {
                        throw new IOException("The file became shorter while it was finished");
                    }
                    at += copied;
                }
            }
        });
    }
}
