package org.reelcast.mp4.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.reelcast.bitstream.h264.AvcConfig;
import org.reelcast.media.AacFormat;
import org.reelcast.media.Codec;
import org.reelcast.media.DecoderConfig;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.media.H264Format;
import org.reelcast.media.Slice;
import org.reelcast.mp4.index.SampleTable;
import org.reelcast.mp4.read.AacEntry;
import org.reelcast.mp4.read.Track;
import org.reelcast.rendition.AnnexB;
import org.reelcast.rendition.GeneratedMedia;
import org.reelcast.rendition.film.Film;
import org.reelcast.storage.LocalFile;

/** Pictures and sound of a film made by ffmpeg, ready to be written anew. */
final class Clip {
    final List<Frame> video;
    final List<byte[]> audio = new ArrayList<>();
    final AudioTrack sound;

    private Clip(Path file) throws IOException {
        try (Film film = Film.open(file, "vod_bframes", "pass");
                FrameReader reader = film.video().reader();
                LocalFile source = LocalFile.open(file)) {
            video = AnnexB.frames(reader, Integer.MAX_VALUE);
            Track track = film.movie().audio().orElseThrow();
            AacEntry entry = (AacEntry) track.entries().get(0);
            sound = new AudioTrack(
                    new AacFormat(
                            new DecoderConfig(entry.config().bytes()),
                            entry.config().sampleRate(),
                            entry.channels(),
                            entry.config().sampleRate(),
                            "und"),
                    1024,
                    64_000);
            SampleTable samples = track.samples();
            for (int i = 0; i < samples.count(); i++) {
                byte[] bytes = new byte[samples.size(i)];
                source.read(samples.position(i), bytes, 0, bytes.length);
                audio.add(bytes);
            }
        }
    }

    /** Seconds of picture and of a beep; key frames are two seconds apart. */
    static Clip of(String size, int seconds, String... encoding) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=" + size + ":rate=25",
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=440:beep_factor=2:sample_rate=48000",
                "-t",
                "" + seconds,
                "-pix_fmt",
                "yuv420p",
                "-c:v",
                "libx264",
                "-g",
                "50",
                "-c:a",
                "aac"));
        arguments.addAll(List.of(encoding));
        return new Clip(GeneratedMedia.make("clip.mp4", arguments.toArray(String[]::new)));
    }

    VideoTrack videoTrack(int rotation) {
        H264Format upright = avc(video.get(0));
        H264Format format = Format.video(Codec.H264, upright.width(), upright.height(), rotation)
                .withConfig(upright.config(), false);
        return new VideoTrack(
                format, units(video.get(0).presentationTimeUs() - video.get(0).decodeTimeUs()));
    }

    static H264Format avc(Frame key) {
        List<byte[]> sps = new ArrayList<>();
        List<byte[]> pps = new ArrayList<>();
        for (ByteBuffer nal : nals(key)) {
            int type = nal.get(nal.position()) & 0x1f;
            if (type == 7 || type == 8) {
                byte[] bytes = new byte[nal.remaining()];
                nal.get(bytes);
                (type == 7 ? sps : pps).add(bytes);
            }
        }
        return Format.video(Codec.H264, key.format().width(), key.format().height(), 0)
                .withConfig(new DecoderConfig(AvcConfig.of(sps, pps).toBytes()), false);
    }

    static List<ByteBuffer> nals(Frame frame) {
        List<ByteBuffer> nals = new ArrayList<>();
        for (int i = 0; i < frame.slices(); i++) {
            Slice slice = frame.slice(i);
            nals.add(ByteBuffer.wrap(slice.array(), slice.offset(), slice.length()));
        }
        return nals;
    }

    static long units(long us) {
        return Math.round(us * 0.09);
    }

    FragmentWriter writer(WritableByteChannel to) throws IOException {
        return new FragmentWriter(to, Optional.of(videoTrack(0)), Optional.of(sound), 1_700_000_000_000L, "A clip");
    }

    /** Feeds all, interleaved as a recorder would: sound up to the time of each picture. */
    void feed(FragmentWriter writer) throws IOException {
        feed(writer, 0, 0);
    }

    /** @param videoUs later than in the clip @param soundUs likewise */
    void feed(FragmentWriter writer, long videoUs, long soundUs) throws IOException {
        int sounded = 0;
        long first = video.get(0).decodeTimeUs();
        for (Frame frame : video) {
            long decodeUs = frame.decodeTimeUs() - first + videoUs;
            while (sounded < audio.size() && soundUs + sounded * 1024 * 125L / 6 <= decodeUs) {
                sound(writer, sounded++, soundUs);
            }
            writer.video(
                    units(decodeUs),
                    (int) units(frame.presentationTimeUs() - frame.decodeTimeUs()),
                    frame.isKey(),
                    nals(frame));
        }
        while (sounded < audio.size()) {
            sound(writer, sounded++, soundUs);
        }
    }

    private void sound(FragmentWriter writer, int index, long laterUs) throws IOException {
        writer.audio(laterUs * 6 / 125 + index * 1024L, 1024, ByteBuffer.wrap(audio.get(index)));
    }
}
