package org.reelcast.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.reelcast.bitstream.h264.AvcConfig;
import org.reelcast.media.AacFormat;
import org.reelcast.media.Codec;
import org.reelcast.media.DecoderConfig;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameIndex;
import org.reelcast.media.FrameReader;
import org.reelcast.media.H264Format;
import org.reelcast.media.SeekableTrack;
import org.reelcast.media.Slice;

/** A track of frames that nobody decodes, at any times. The payload tells which frame it is. */
public final class GeneratedTrack implements SeekableTrack {
    public static final H264Format H264 = Format.video(Codec.H264, 640, 480, 0)
            .withConfig(
                    new DecoderConfig(AvcConfig.of(
                                    List.of(new byte[] {0x67, 66, 0, 30, (byte) 0xab, 1}),
                                    List.of(new byte[] {0x68, (byte) 0xce, 2}))
                            .toBytes()),
                    false);
    /** Another one, larger. */
    public static final H264Format LARGER = Format.video(Codec.H264, 1280, 720, 0)
            .withConfig(
                    new DecoderConfig(AvcConfig.of(
                                    List.of(new byte[] {0x67, 66, 0, 31, (byte) 0xab, 1}),
                                    List.of(new byte[] {0x68, (byte) 0xce, 2}))
                            .toBytes()),
                    false);

    private static final int MICROSECONDS = 1_000_000;

    private final Format format;
    private final List<Frame> frames;
    private final long durationUs;

    public GeneratedTrack(Format format, List<Frame> frames, long durationUs) {
        this.format = format;
        this.frames = List.copyOf(frames);
        this.durationUs = durationUs;
    }

    /** Pictures of that rate, decoded when they are shown. @param keySeconds the first key frame at or after each */
    public static GeneratedTrack video(double rate, double seconds, double... keySeconds) {
        return pictures(0, i -> Math.round(i * MICROSECONDS / rate), (int) Math.round(seconds * rate), keySeconds);
    }

    /** The same with a key frame in each of those seconds. */
    public static GeneratedTrack videoWithKeysEvery(double keySeconds, double rate, double seconds) {
        double[] keys = new double[(int) Math.ceil(seconds / keySeconds)];
        Arrays.setAll(keys, i -> i * keySeconds);
        return video(rate, seconds, keys);
    }

    /**
     * Pictures at any times.
     *
     * @param delayUs how much later than it is decoded each is shown; the first is shown when {@code time} says
     * @param time    when the picture of that number is shown
     */
    public static GeneratedTrack pictures(long delayUs, LongUnaryOperator time, int count, double... keySeconds) {
        List<Frame> frames = new ArrayList<>();
        int key = 0;
        for (int i = 0; i < count; i++) {
            long timeUs = time.applyAsLong(i);
            boolean isKey = i == 0;
            while (key < keySeconds.length && timeUs + 10 >= keySeconds[key] * MICROSECONDS) {
                isKey = true;
                key++;
            }
            frames.add(picture(i, timeUs - delayUs, timeUs, isKey));
        }
        return new GeneratedTrack(H264, frames, time.applyAsLong(count));
    }

    /** The same whose pictures are larger from the first time on up to the second. */
    public GeneratedTrack larger(double fromSeconds, double toSeconds) {
        List<Frame> changed = frames.stream()
                .map(frame -> frame.presentationTimeUs() < fromSeconds * MICROSECONDS
                                || frame.presentationTimeUs() >= toSeconds * MICROSECONDS
                        ? frame
                        : new Frame(
                                LARGER,
                                frame.decodeTimeUs(),
                                frame.presentationTimeUs(),
                                frame.isKey(),
                                frame.slice(0)))
                .toList();
        return new GeneratedTrack(format, changed, durationUs);
    }

    /** A key frame has 1000 bytes, any other 100. */
    static Frame picture(int number, long decodeUs, long timeUs, boolean key) {
        return new Frame(H264, decodeUs, timeUs, key, payload(key ? 0x65 : 0x41, number, key ? 1000 : 100));
    }

    /** Stereo AAC-LC at 44.1 or 48 kHz. @param priming units before the first one that is heard */
    public static GeneratedTrack sound(int rate, double seconds, long firstUs, int priming) {
        AacFormat format = aac(rate);
        List<Frame> frames = new ArrayList<>();
        int units = (int) Math.ceil((seconds * MICROSECONDS - firstUs) * rate / 1024 / MICROSECONDS);
        for (int i = -priming; i < units; i++) {
            long timeUs = firstUs + Math.round(i * 1024.0 * MICROSECONDS / rate);
            frames.add(new Frame(format, timeUs, timeUs, true, payload(0x21, i & 0xffff, 50)));
        }
        return new GeneratedTrack(format, frames, Math.round(seconds * MICROSECONDS));
    }

    static AacFormat aac(int rate) {
        byte[] config = rate == 48_000 ? new byte[] {0x11, (byte) 0x90} : new byte[] {0x12, 0x10};
        return new AacFormat(new DecoderConfig(config), rate, 2, rate, "und");
    }

    private static Slice payload(int first, int number, int size) {
        byte[] bytes = new byte[size];
        bytes[0] = (byte) first;
        bytes[1] = (byte) (number >> 16);
        bytes[2] = (byte) (number >> 8);
        bytes[3] = (byte) number;
        return Slice.of(bytes);
    }

    /** What tells it from the track's others. */
    public static int number(Frame frame) {
        byte[] bytes = frame.slice(0).array();
        int at = frame.slice(0).offset();
        return (bytes[at + 1] & 0xff) << 16 | (bytes[at + 2] & 0xff) << 8 | bytes[at + 3] & 0xff;
    }

    public List<Frame> frames() {
        return frames;
    }

    @Override
    public Format format() {
        return format;
    }

    @Override
    public List<Format> formats() {
        return frames.stream().map(Frame::format).distinct().toList();
    }

    @Override
    public long durationUs() {
        return durationUs;
    }

    private int keyAtOrBefore(long timeUs) {
        int found = 0;
        for (int i = 0; i < frames.size(); i++) {
            if (frames.get(i).isKey() && frames.get(i).presentationTimeUs() <= timeUs) {
                found = i;
            }
        }
        return found;
    }

    /** What only prepares a decoder is hidden, as that of a file is by its edit list. */
    @Override
    public FrameIndex index() {
        List<Format> formats = formats();
        return new FrameIndex() {
            private int following;
            private Frame at;

            @Override
            public boolean next() {
                do {
                    if (following == frames.size()) {
                        return false;
                    }
                    at = frames.get(following++);
                } while (!at.isVideo() && at.presentationTimeUs() < 0);
                return true;
            }

            @Override
            public void seek(long timeUs) {
                following = keyAtOrBefore(timeUs);
            }

            @Override
            public long decodeTimeUs() {
                return at.decodeTimeUs();
            }

            @Override
            public long presentationTimeUs() {
                return at.presentationTimeUs();
            }

            @Override
            public boolean isKey() {
                return at.isKey();
            }

            @Override
            public int size() {
                return at.size();
            }

            @Override
            public int format() {
                return formats.indexOf(at.format());
            }
        };
    }

    @Override
    public FrameReader reader() {
        return new FrameReader() {
            private int following;

            @Override
            public Frame next() {
                return following < frames.size() ? frames.get(following++) : null;
            }

            @Override
            public void seek(long timeUs) {
                following = keyAtOrBefore(timeUs);
            }

            @Override
            public void close() {
                // nothing is held
            }
        };
    }
}
