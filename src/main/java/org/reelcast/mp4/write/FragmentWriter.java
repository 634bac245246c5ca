package org.reelcast.mp4.write;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.Optional;

/**
 * Writes a film in fragments of half a second (ISO 14496-12 section 8.8): whatever is in the file at any moment can be
 * played up to the last whole fragment, and {@link Finisher} makes a plain file of it. Writes from the start to the end
 * and never goes back. For one thread at a time.
 *
 * <p>H.264 samples keep their parameter sets, so that the fragments can be played even where the picture changes its
 * size. The sample entries that come with such changes lie in boxes of our own, {@link EntryBox}, for the finisher.
 */
public final class FragmentWriter implements Closeable {
    private static final int MAX_BYTES = 8 << 20;
    private static final int DEFAULT_FRAME = VideoTrack.TIMESCALE / 30;
    /** Fewer than readers take; the samples' own parameter sets do for what comes after. */
    static final int MAX_ENTRIES = 64;

    private final WritableByteChannel out;
    private final SampleRun video;
    private final SampleRun audio;
    private final int audioTimescale;
    private final BoxBuffer head = new BoxBuffer();
    /** Goes before the next fragment. */
    private final BoxBuffer newEntry = new BoxBuffer();
    private int entries = 1;
    private int sequence;
    private int videoDuration = DEFAULT_FRAME;
    private long written;

    /**
     * Writes the header.
     *
     * @param out       stays open when the writer is closed
     * @param createdMs wall clock
     * @param title     of the film, as players show it; empty for none
     */
    public FragmentWriter(WritableByteChannel out, Optional<VideoTrack> video, Optional<AudioTrack> audio,
            long createdMs, String title) throws IOException {
        this.out = out;
        this.video = video.map(any -> new SampleRun(MovieHeader.VIDEO_ID)).orElse(null);
        this.audio = audio.map(any -> new SampleRun(MovieHeader.AUDIO_ID)).orElse(null);
        this.audioTimescale = audio.map(AudioTrack::sampleRate).orElse(1);
        MovieHeader.write(head, video, audio, createdMs / 1000 + MovieHeader.SECONDS_1904_TO_1970,
                title);
        write(head.toRead());
    }

    /** The next video sample, a key frame, and those after it are coded in another way than those before. */
    public void entry(VideoTrack.Avc avc) {
        if (entries == MAX_ENTRIES) {
            return;
        }
        entries++;
        newEntry.clear();
        EntryBox.write(newEntry, avc);
    }

    /**
     * The sound of all the film, also of what is written, is heard so much later than its samples' times say, or
     * earlier: for the finisher, as the fragments stay what they are.
     */
    public void soundLater(long us) throws IOException {
        BoxBuffer box = new BoxBuffer();
        SoundBox.write(box, us);
        write(box.toRead());
    }

    /**
     * The next video sample.
     *
     * @param decodeTime        in units of {@link VideoTrack#TIMESCALE}, more than that of the sample before
     * @param compositionOffset presentation less decode time
     * @param nals              NAL units
     */
    public void video(long decodeTime, int compositionOffset, boolean key, List<ByteBuffer> nals) throws IOException {
        if (video.count() > 0) {
            videoDuration = (int) Math.min(Integer.MAX_VALUE, decodeTime - video.lastTime());
            video.lasts(videoDuration);
            if (newEntry.length() > 0 || isFull(video, decodeTime, VideoTrack.TIMESCALE / (key ? 4 : 2))) {
                flush(true);
            }
        }
        for (ByteBuffer nal : nals) {
            video.data().u32(nal.remaining()).bytes(nal);
        }
        video.add(decodeTime, compositionOffset, key);
    }

    /** One access unit of sound. @param decodeTime in units of the sample rate */
    public void audio(long decodeTime, byte[] frame) throws IOException {
        boolean picturesStandStill = isFull(audio, decodeTime, audioTimescale);
        if (picturesStandStill || video == null && isFull(audio, decodeTime, audioTimescale / 2)) {
            // the last picture waits on, as nobody knows yet how long it lasts
            flush(false);
        }
        audio.data().bytes(frame);
        audio.add(decodeTime, 0, true);
        audio.lasts(AudioTrack.FRAME);
    }

    private static boolean isFull(SampleRun run, long now, int units) {
        return run.count() > 0 && (now - run.firstTime() >= units || run.bytes() >= MAX_BYTES);
    }

    /** Bytes of the file so far, with those that wait to be written. */
    public long bytes() {
        return written + (video == null ? 0 : video.bytes()) + (audio == null ? 0 : audio.bytes());
    }

    /** Writes what waits; the last picture lasts as long as the one before. */
    @Override
    public void close() throws IOException {
        if (video != null && video.count() > 0) {
            video.lasts(Math.max(1, Math.min(videoDuration, VideoTrack.TIMESCALE)));
        }
        flush(true);
    }

    private void flush(boolean withVideo) throws IOException {
        SampleRun pictures = withVideo && video != null && video.count() > 0 ? video : null;
        SampleRun sound = audio != null && audio.count() > 0 ? audio : null;
        if (pictures == null && sound == null) {
            return;
        }
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

    private void write(ByteBuffer bytes) throws IOException {
        written += bytes.remaining();
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }
}
