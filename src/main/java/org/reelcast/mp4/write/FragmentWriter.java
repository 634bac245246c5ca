package org.reelcast.mp4.write;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.reelcast.media.H264Format;

/**
 * Writes a film in fragments of half a second (ISO 14496-12 section 8.8): whatever is in the file at any moment can be
 * played up to the last whole fragment, and {@link Finisher} makes a plain file of it. Writes from the start to the end
 * and never goes back; the header comes with the first fragment. For one thread at a time.
 *
 * <p>The sample entries that come with a change of the picture lie in boxes of our own, {@link EntryBox}, for the
 * finisher. Samples that bring their parameter sets keep them, so that their fragments can be played even there.
 */
public final class FragmentWriter implements Closeable {
    private static final int MAX_BYTES = 8 << 20;
    private static final int DEFAULT_RATE = 30;
    /** In an AVCDecoderConfigurationRecord. */
    private static final int LENGTH_SIZE_AT = 4;
    /** Fewer than readers take; the samples' own parameter sets do for what comes after. */
    static final int MAX_ENTRIES = 64;

    private final WritableByteChannel out;
    private final SampleRun video;
    private final SampleRun audio;
    private final int videoTimescale;
    private final int audioTimescale;
    /** Until it is written: with the first fragment, by when it is known where sound starts. */
    private final BoxBuffer header = new BoxBuffer();

    private final int audioStartAt;
    private final BoxBuffer head = new BoxBuffer();
    /** Goes before the next fragment. */
    private final BoxBuffer newEntry = new BoxBuffer();

    private final Set<H264Format> entries = new HashSet<>();
    private int sequence;
    private int nalLengthSize;
    private int videoDuration;
    private long written;

    /**
     * Writes nothing yet.
     *
     * @param out       stays open when the writer is closed
     * @param createdMs wall clock
     * @param title     of the film, as players show it; empty for none
     */
    public FragmentWriter(
            WritableByteChannel out,
            Optional<VideoTrack> video,
            Optional<AudioTrack> audio,
            long createdMs,
            String title) {
        this.out = out;
        this.video = video.map(any -> new SampleRun(MovieHeader.VIDEO_ID)).orElse(null);
        this.audio = audio.map(any -> new SampleRun(MovieHeader.AUDIO_ID)).orElse(null);
        this.videoTimescale = video.map(VideoTrack::timescale).orElse(1);
        this.audioTimescale = audio.map(AudioTrack::timescale).orElse(1);
        this.videoDuration = Math.max(1, videoTimescale / DEFAULT_RATE);
        video.ifPresent(track -> {
            entries.add(track.format());
            nalLengthSize = nalLengthSize(track.format());
        });
        audioStartAt =
                MovieHeader.write(header, video, audio, createdMs / 1000 + MovieHeader.SECONDS_1904_TO_1970, title);
    }

    /** lengthSizeMinusOne (ISO 14496-15 section 5.3.3.1). */
    private static int nalLengthSize(H264Format format) {
        return 1 + (format.config().bytes()[LENGTH_SIZE_AT] & 3);
    }

    /** The next video sample and those after it are coded in another way than those before. */
    public void entry(H264Format format) {
        if (entries.size() == MAX_ENTRIES && !entries.contains(format)) {
            return;
        }
        entries.add(format);
        nalLengthSize = nalLengthSize(format);
        newEntry.clear();
        EntryBox.write(newEntry, format);
    }

    /**
     * So many units of the sound's first samples come before the film: as long as no fragment is written, which is some
     * tenths of a second.
     *
     * @return false when it is too late
     */
    public boolean audioPriming(int units) {
        if (header.length() > 0) {
            header.patch(audioStartAt, units);
        }
        return header.length() > 0;
    }

    /**
     * The sound of all the film, also of what is written, is heard so much later than its samples' times say, or
     * earlier: for the finisher, as the fragments stay what they are.
     */
    public void soundLater(long us) throws IOException {
        writeHeader();
        BoxBuffer box = new BoxBuffer();
        AudioOffsetBox.write(box, us);
        write(box.toRead());
    }

    /**
     * The next video sample.
     *
     * @param decodeTime        in units of {@link VideoTrack#timescale}, more than that of the sample before
     * @param compositionOffset presentation less decode time
     * @param nals              NAL units
     * @throws IOException when a unit is longer than a length of the track's can say, too
     */
    public void video(long decodeTime, int compositionOffset, boolean key, List<ByteBuffer> nals) throws IOException {
        if (video.count() > 0) {
            videoDuration = (int) Math.min(Integer.MAX_VALUE, decodeTime - video.lastTime());
            video.lasts(videoDuration);
            if (newEntry.length() > 0 || isFull(video, decodeTime, videoTimescale / (key ? 4 : 2))) {
                flush(true);
            }
        }
        for (ByteBuffer nal : nals) {
            length(nal.remaining());
            video.data().bytes(nal);
        }
        video.add(decodeTime, compositionOffset, key);
    }

    private void length(int bytes) throws IOException {
        if (nalLengthSize < 4 && bytes >> 8 * nalLengthSize != 0) {
            throw new IOException("A NAL unit of " + bytes + " bytes does not fit into lengths of " + nalLengthSize);
        }
        for (int shift = 8 * (nalLengthSize - 1); shift >= 0; shift -= 8) {
            video.data().u8(bytes >> shift);
        }
    }

    /**
     * One access unit of sound.
     *
     * @param decodeTime in units of {@link AudioTrack#timescale}
     * @param duration   likewise: until the next one
     */
    public void audio(long decodeTime, int duration, ByteBuffer frame) throws IOException {
        boolean picturesStandStill = isFull(audio, decodeTime, audioTimescale);
        if (picturesStandStill || video == null && isFull(audio, decodeTime, audioTimescale / 2)) {
            // the last picture waits on, as nobody knows yet how long it lasts
            flush(false);
        }
        audio.data().bytes(frame);
        audio.add(decodeTime, 0, true);
        audio.lasts(duration);
    }

    private static boolean isFull(SampleRun run, long now, int units) {
        return run.count() > 0 && (now - run.firstTime() >= units || run.bytes() >= MAX_BYTES);
    }

    /** Bytes of the file so far, with those that wait to be written. */
    public long bytes() {
        return written + header.length() + (video == null ? 0 : video.bytes()) + (audio == null ? 0 : audio.bytes());
    }

    /** Writes what waits; the last picture lasts as long as the one before. */
    @Override
    public void close() throws IOException {
        if (video != null && video.count() > 0) {
            video.lasts(Math.max(1, Math.min(videoDuration, videoTimescale)));
        }
        flush(true);
    }

    private void flush(boolean withVideo) throws IOException {
        SampleRun pictures = withVideo && video != null && video.count() > 0 ? video : null;
        SampleRun sound = audio != null && audio.count() > 0 ? audio : null;
        if (pictures == null && sound == null) {
            return;
        }
        writeHeader();
        head.clear();
        head.open("moof");
        head.openFull("mfhd", 0, 0).u32(++sequence).close();
        int videoOffsetAt = pictures == null ? 0 : pictures.write(head);
        int audioOffsetAt = sound == null ? 0 : sound.write(head);
        head.close();
        int moof = head.length();
        int videoBytes = pictures == null ? 0 : pictures.bytes();
        int audioBytes = sound == null ? 0 : sound.bytes();
        head.u32(8 + videoBytes + audioBytes).ascii("mdat");
        if (pictures != null) {
            head.patch(videoOffsetAt, moof + 8);
        }
        if (sound != null) {
            head.patch(audioOffsetAt, moof + 8 + videoBytes);
        }
        write(head.toRead());
        if (pictures != null) {
            write(pictures.data().toRead());
            pictures.clear();
        }
        if (sound != null) {
            write(sound.data().toRead());
            sound.clear();
        }
        if (pictures != null && newEntry.length() > 0) {
            write(newEntry.toRead());
            newEntry.clear();
        }
    }

    private void writeHeader() throws IOException {
        if (header.length() > 0) {
            write(header.toRead());
            header.clear();
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        written += bytes.remaining();
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }
}
