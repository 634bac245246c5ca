package org.reelcast.mp4.read;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_DISCARD;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.mp4.index.SampleCursor;
import org.reelcast.storage.LocalFile;

/** FFmpeg's demuxer and ours see the same samples: a second opinion on the test films and on ourselves. */
class FfmpegComparisonTest {
    /** FFmpeg rounds edits to the track's time scale. */
    private static final long TOLERANCE_US = 50;

    private record Sample(long position, int size, long timeUs, boolean key, boolean cut) {}

    @TempDir
    Path temp;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "wide",
                "b-frames",
                "b-frames-signed",
                "edits-start-late",
                "no-stss-stz2",
                "quicktime",
                "quicktime-sound-2",
                "rotated-nal2",
                "open-mdat",
                "fragments",
                "fragments-after-plain"
            })
    void samples_areThoseThatFfmpegSees(String name) throws Exception {
        Path file = temp.resolve(name + ".mp4");
        Files.write(file, TestMovies.all().get(name));
        List<Sample> theirs = ffmpeg(file);
        List<Sample> ours = ours(file);
        assertEquals(theirs.size(), ours.size());
        for (int i = 0; i < ours.size(); i++) {
            Sample a = theirs.get(i);
            Sample b = ours.get(i);
            // of fragments FFmpeg does not flag what is cut, though it gives negative times too
            boolean cut = a.cut() || b.timeUs() < 0 && b.cut();
            assertTrue(
                    a.position() == b.position()
                            && a.size() == b.size()
                            && a.key() == b.key()
                            && cut == b.cut()
                            && Math.abs(a.timeUs() - b.timeUs()) <= TOLERANCE_US,
                    a + " is not " + b);
        }
    }

    private static List<Sample> ours(Path file) throws Exception {
        List<Sample> samples = new ArrayList<>();
        try (LocalFile source = LocalFile.open(file)) {
            Movie movie = Movie.read(source);
            for (Track track : List.of(movie.video(), movie.audio()).stream()
                    .flatMap(t -> t.stream())
                    .toList()) {
                for (SampleCursor cursor = track.samples().cursor(); cursor.next(); ) {
                    samples.add(new Sample(
                            cursor.position(),
                            cursor.size(),
                            cursor.presentationTimeUs(),
                            cursor.isSync(),
                            cursor.isCut()));
                }
            }
        }
        samples.sort(Comparator.comparing(Sample::position));
        return samples;
    }

    private static List<Sample> ffmpeg(Path file) {
        List<Sample> samples = new ArrayList<>();
        AVFormatContext context = new AVFormatContext((Pointer) null);
        assertEquals(0, avformat_open_input(context, file.toString(), null, null));
        // the samples hold no pictures: nobody is to look into them
        context.flags(context.flags() | AVFormatContext.AVFMT_FLAG_NOPARSE | AVFormatContext.AVFMT_FLAG_NOFILLIN);
        AVPacket packet = av_packet_alloc();
        while (av_read_frame(context, packet) >= 0) {
            AVStream stream = context.streams(packet.stream_index());
            long timeUs = Math.round(packet.pts()
                    * 1e6
                    * stream.time_base().num()
                    / stream.time_base().den());
            samples.add(new Sample(
                    packet.pos(),
                    packet.size(),
                    timeUs,
                    (packet.flags() & AV_PKT_FLAG_KEY) != 0,
                    (packet.flags() & AV_PKT_FLAG_DISCARD) != 0));
            av_packet_unref(packet);
        }
        av_packet_free(packet);
        avformat_close_input(context);
        samples.sort(Comparator.comparing(Sample::position));
        return samples;
    }
}
