package org.reelcast.output.recording;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.logging.Logger;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.mp4.write.FragmentWriter;

/** One file of a recording while it is written. For one thread at a time. */
final class Part implements Closeable {
    private static final Logger LOG = Logger.getLogger(Part.class.getName());

    /** Opens the file for writing; others in tests, of disks that fill up. */
    interface Opener {
        WritableByteChannel open(Path file) throws IOException;
    }

    private final Path file;
    private final WritableByteChannel channel;
    private final VideoTrackWriter pictures;
    private final AudioTrackWriter sound;
    private final FragmentWriter writer;
    /** On the stream's clock: what is time 0 of the film. */
    private final long startUs;
    /** What the stream's pictures, and its sound, are later by since they are in step. */
    private long pictureUs;

    private long soundUs;

    /**
     * @param first    of the picture, a key frame, which is yet to be {@link #take}n; null for a film without picture
     * @param heard    what the sound looks like; null for a film without
     * @param startUs  when the film starts
     * @param title    of the film
     */
    Part(
            Path file,
            Opener opener,
            Frame first,
            Format heard,
            int audioBitrate,
            long startUs,
            long createdMs,
            String title)
            throws IOException {
        this.file = file;
        this.startUs = startUs;
        pictures = first == null ? null : new VideoTrackWriter(first, startUs);
        sound = heard == null ? null : AudioTrackWriter.of(heard, audioBitrate);
        WritableByteChannel opened = null;
        boolean done = false;
        try {
            opened = opener.open(file);
            writer = new FragmentWriter(
                    opened,
                    Optional.ofNullable(pictures).map(VideoTrackWriter::track),
                    Optional.ofNullable(sound).map(AudioTrackWriter::track),
                    createdMs,
                    title);
            done = true;
        } finally {
            if (!done) {
                if (sound != null) {
                    sound.close();
                }
                if (opened != null) {
                    opened.close();
                }
            }
        }
        channel = opened;
        if (pictures != null) {
            pictures.writeTo(writer);
        }
        if (sound != null) {
            sound.writeTo(writer);
        }
    }

    /** Locked as long as it is open, so that nobody takes it for a leftover. */
    static WritableByteChannel open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        try {
            channel.tryLock();
        } catch (IOException e) {
            // some network file systems have no locks
            LOG.fine(() -> "No lock on " + file + ": " + e);
        }
        return channel;
    }

    Path file() {
        return file;
    }

    boolean hasPictures() {
        return pictures != null;
    }

    /** Whether sound that looks like this needs another file. */
    boolean isOtherSound(Format format) {
        return sound != null && !sound.takes(format);
    }

    /** Writes a frame, unless the film has no track for it. */
    void take(Frame frame) throws IOException {
        if (frame.isVideo()) {
            if (pictures != null) {
                pictures.take(pictureUs == 0 ? frame : frame.shifted(-pictureUs));
                if (sound != null) {
                    sound.keepUp(frame.presentationTimeUs() - pictureUs - startUs);
                }
            }
        } else if (sound != null && sound.takes(frame.format())) {
            sound.take(frame, frame.presentationTimeUs() - soundUs - startUs);
        }
    }

    /**
     * Sound and picture are in step from now on, see {@link org.reelcast.stream.Subscriber#onInStep}. Both go on in the
     * fragments as they were, and the finished film has the sound of all of it earlier or later.
     */
    void inStep(long laterUs) throws IOException {
        pictureUs = Math.max(0, laterUs);
        soundUs = Math.max(0, -laterUs);
        if (pictures != null && sound != null) {
            writer.soundLater(-laterUs);
        }
    }

    /** When the film starts, on the stream's clock. */
    long startUs() {
        return startUs;
    }

    /** What is in the file so far survives a power failure. */
    void force() throws IOException {
        if (channel instanceof FileChannel onDisk) {
            onDisk.force(false);
        }
    }

    /** How large the file is so far. */
    long bytes() {
        return writer.bytes();
    }

    /** Writes what is left and closes the file. */
    @Override
    public void close() throws IOException {
        try (channel) {
            if (sound != null) {
                sound.finish();
            }
            writer.close();
        } finally {
            if (sound != null) {
                sound.close();
            }
        }
    }

    /** Closes the file as it is: what can be read of it remains. */
    void abandon() throws IOException {
        if (sound != null) {
            sound.close();
        }
        channel.close();
    }
}
