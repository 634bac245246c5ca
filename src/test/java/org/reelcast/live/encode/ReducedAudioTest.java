package org.reelcast.live.encode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.bitstream.opus.OpusPacket;
import org.reelcast.codec.opus.OpusDecoder;
import org.reelcast.codec.opus.OpusEncoder;
import org.reelcast.loop.FakeLoop;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.OpusFormat;
import org.reelcast.media.Slice;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.SourceTraits;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.StreamTrack;

class ReducedAudioTest {
    private static final Format STEREO = new OpusFormat(2, 0, Format.UNDETERMINED);
    private static final int PACKET_MS = 40;
    private static final int PACKET = PACKET_MS * 48;

    private final FakeLoop loop = new FakeLoop();
    private final ReducedAudio.Means means = new ReducedAudio.Means(Runnable::run, 128_000, 1);
    private final List<Frame> heard = new ArrayList<>();
    private int failures;
    private final ReducedAudio.Output output = new ReducedAudio.Output() {
        @Override
        public void packet(Frame frame) {
            heard.add(frame);
        }

        @Override
        public void failed() {
            failures++;
        }
    };
    private final Stream stream = new Stream(
            "s", loop, SourceTraits.CAMERA, List.of(new Stream.Offer(StreamTrack.Form.REAL_TIME, STEREO)), why -> {});
    private final StreamTrack opus = stream.tracks().get(0);
    private final long zeroUs = loop.nowUs();

    /** 0 for what is not known or not limited; 0 channels: as it is. */
    @ParameterizedTest
    @CsvSource({
        // channels, bitrate, limit, mono: channels, bitrate
        "2, 128000, 0, false, 0, 0",
        "2, 128000, 128000, false, 0, 0",
        "2, 128000, 127999, false, 2, 96000",
        "2, 128000, 24000, true, 1, 24000",
        "2, 128000, 25000, true, 1, 24000",
        "2, 128000, 0, true, 1, 64000",
        "1, 64000, 0, true, 0, 0",
        "1, 64000, 64000, true, 0, 0",
        "1, 64000, 40000, false, 1, 32000",
        "2, 0, 300000, false, 2, 128000",
        "2, 0, 0, false, 0, 0",
        "2, 0, 6000, false, 2, 6000"
    })
    void whatIsMade_isWithinTheLimits_andNothingWhereTheSoundIs(
            int channels, int bitrate, int most, boolean mono, int made, int madeBitrate) {
        assertEquals(
                made == 0 ? Optional.empty() : Optional.of(new ReducedAudio.Limit(made, madeBitrate)),
                means.limit(new OpusFormat(channels, 0, Format.UNDETERMINED, bitrate), most, mono));
    }

    private ReducedAudio begin(int channels, int bitrate) {
        ReducedAudio sound = means.start(stream, opus, new ReducedAudio.Limit(channels, bitrate), output)
                .orElseThrow();
        loop.runTasks();
        return sound;
    }

    /** Noise from {@code noiseMs} on, in packets from {@code fromMs} to {@code toMs} whose times jitter. */
    private void play(int fromMs, int toMs, int noiseMs) throws IOException {
        try (OpusEncoder encoder = OpusEncoder.open(2, 128_000, PACKET_MS, 5)) {
            Random random = new Random(1);
            float[] samples = new float[PACKET * 2];
            for (int ms = fromMs; ms < toMs; ms += PACKET_MS) {
                for (int i = 0; i < samples.length; i++) {
                    // the encoder gives each sample out later: it is fed that much ahead
                    boolean silent = ms * 48 + i / 2 + encoder.lookahead() < noiseMs * 48;
                    samples[i] = silent ? 0 : random.nextFloat() - 0.5f;
                }
                loop.runUntil(zeroUs + ms * 1000L);
                long timeUs = zeroUs + ms * 1000L + ms % 3 * 1000;
                stream.publish(opus, new Frame(STEREO, timeUs, timeUs, true, Slice.of(encoder.encode(samples))));
            }
        }
        loop.run(200_000);
    }

    @ParameterizedTest
    @CsvSource({"2, 64000, 6", "1, 24000, 6", "1, 6000, 12"})
    void sound_comesWithinTheLimit_andInItsTime(int channels, int bitrate, int exactMs) throws IOException {
        begin(channels, bitrate);
        play(0, 4000, 1000);
        int bytes = heard.stream()
                .filter(frame -> frame.presentationTimeUs() > zeroUs + 1_100_000)
                .mapToInt(Frame::size)
                .sum();
        assertTrue(bytes * 8 <= 1.03 * 2.9 * bitrate, bytes + " bytes in 2.9 s");
        assertTrue(bytes * 8 > 0.5 * 2.9 * bitrate, bytes + " bytes in 2.9 s");
        assertEquals(198, heard.size(), 2);
        for (int i = 0; i < heard.size(); i++) {
            Slice packet = heard.get(i).slice(0);
            assertEquals(20_000, OpusPacket.durationUs(packet));
            assertEquals(channels == 2, (packet.array()[packet.offset()] & 4) != 0);
            assertEquals(channels, heard.get(i).format().channels());
            assertEquals(
                    heard.get(0).presentationTimeUs() + i * 20_000L,
                    heard.get(i).presentationTimeUs(),
                    10);
        }
        assertEquals(1000, noiseMs(), exactMs);
    }

    private double noiseMs() throws IOException {
        float[] samples = new float[OpusDecoder.MAX_SAMPLES];
        try (OpusDecoder decoder = OpusDecoder.open(1)) {
            for (Frame frame : heard) {
                Slice slice = frame.slice(0);
                int count = decoder.decode(slice.array(), slice.offset(), slice.length(), samples);
                for (int i = 0; i < count; i++) {
                    if (Math.abs(samples[i]) > 0.1) {
                        return (frame.presentationTimeUs() - zeroUs) / 1000.0 + i / 48.0;
                    }
                }
            }
        }
        throw new AssertionError("no noise");
    }

    @Test
    void gap_isAGap_andBrokenPacketsAreLeftOut() throws IOException {
        begin(1, 24_000);
        play(0, 400, 0);
        stream.publish(opus, new Frame(STEREO, zeroUs, zeroUs, true, Slice.of(new byte[] {(byte) 0xff})));
        play(3000, 3400, 0);
        long before = heard.stream()
                .filter(frame -> frame.presentationTimeUs() < zeroUs + 1_000_000)
                .count();
        assertEquals(20, before, 1);
        assertEquals(3000, (heard.get((int) before).presentationTimeUs() - zeroUs) / 1000, 10);
        assertEquals(0, failures);
    }

    @Test
    void whatEnds_givesBackItsPlace() throws IOException {
        ReducedAudio first = begin(1, 24_000);
        begin(2, 24_000);
        assertEquals(2, means.running());
        play(0, 200, 0);
        first.stop();
        loop.runTasks();
        assertEquals(1, means.running());
        stream.end(StreamEnd.stopped(StatusText.STOPPED_BY_USER));
        loop.runTasks();
        assertEquals(0, means.running());
        assertEquals(0, failures, "the stream is over for all");
    }

    @Test
    void moreThanTheMachineShall_isNotMade() {
        List<ReducedAudio> all = new ArrayList<>();
        Optional<ReducedAudio> made = start();
        while (made.isPresent()) {
            all.add(made.get());
            made = start();
        }
        assertEquals(all.size(), means.running());
        assertTrue(all.size() >= 32 && all.size() < 32_000, all.size() + " at a time");
        all.get(0).stop();
        loop.runTasks();
        assertTrue(start().isPresent());
    }

    private Optional<ReducedAudio> start() {
        return means.start(stream, opus, new ReducedAudio.Limit(1, 6000), output);
    }
}
