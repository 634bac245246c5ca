package org.reelcast.live.encode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reelcast.codec.ffmpeg.AacDecoder;
import org.reelcast.codec.ffmpeg.Resampler;
import org.reelcast.codec.opus.OpusEncoder;
import org.reelcast.loop.FakeLoop;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.SourceTraits;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.StreamTrack;
import org.reelcast.stream.Subscriber;

class AacAudioTest {
    private static final Format OPUS = Format.audio(Codec.OPUS, 2);
    private static final int PACKET_MS = 20;
    private static final int PACKET = PACKET_MS * 48;
    private static final double UNIT_MS = 1024 / 48.0;

    private final FakeLoop loop = new FakeLoop();
    private final List<Frame> heard = new ArrayList<>();
    private final Stream stream = new Stream(
            "s",
            loop,
            SourceTraits.CAMERA,
            List.of(
                    new Stream.Offer(StreamTrack.Form.REAL_TIME, OPUS),
                    new Stream.Offer(StreamTrack.Form.AAC, AacAudio.FORMAT)),
            why -> {});
    private final StreamTrack opus = stream.tracks().get(0);
    private final StreamTrack aac = stream.tracks().get(1);
    private final long zeroUs = loop.nowUs();

    private AacAudio begin() {
        stream.subscribe(
                new Subscriber() {
                    @Override
                    public void onStart(List<Frame> groupOfPictures) {
                        // no picture
                    }

                    @Override
                    public void onFrame(Frame frame) {
                        heard.add(frame);
                    }

                    @Override
                    public void onEnd(StreamEnd end) {
                        // as the test says
                    }
                },
                List.of(aac));
        AacAudio sound = new AacAudio(stream, opus, aac, new AacAudio.Means(Runnable::run, 128_000));
        loop.runTasks();
        return sound;
    }

    /** A tone from {@code toneMs} on, in packets from {@code fromMs} to {@code toMs}. */
    private void play(int fromMs, int toMs, int toneMs) throws IOException {
        try (OpusEncoder encoder = OpusEncoder.open(2, 128_000, PACKET_MS, 5)) {
            float[] samples = new float[PACKET * 2];
            for (int ms = fromMs; ms < toMs; ms += PACKET_MS) {
                for (int i = 0; i < PACKET; i++) {
                    // the encoder gives each sample out later: it is fed that much ahead
                    int at = ms * 48 + i + encoder.lookahead();
                    float value = at < toneMs * 48 ? 0 : (float) (0.5 * Math.sin(2 * Math.PI * 1000 * at / 48_000));
                    samples[2 * i] = value;
                    samples[2 * i + 1] = value;
                }
                loop.runUntil(zeroUs + ms * 1000L);
                long timeUs = zeroUs + ms * 1000L;
                stream.publish(opus, new Frame(OPUS, timeUs, timeUs, true, Slice.of(encoder.encode(samples))));
            }
        }
        loop.run(200_000);
    }

    private double toneMs() throws IOException {
        try (AacDecoder decoder = AacDecoder.open(AacAudio.FORMAT.config().bytes());
                Resampler resampler = Resampler.open(2)) {
            for (Frame frame : heard) {
                Slice slice = frame.slice(0);
                if (decoder.decode(slice.array(), slice.offset(), slice.length()) > 0) {
                    float[] samples = new float[4096];
                    int count = resampler.convert(decoder);
                    resampler.copy(samples, count);
                    for (int i = 0; i < count; i++) {
                        if (Math.abs(samples[2 * i]) > 0.2) {
                            return (frame.presentationTimeUs() - zeroUs) / 1000.0 + i / 48.0;
                        }
                    }
                }
            }
            throw new AssertionError("no tone in " + heard.size() + " access units");
        }
    }

    @Test
    void opusBecomesAacWhoseTimesAreThoseOfTheSound() throws IOException {
        begin();
        play(0, 1000, 500);
        assertEquals(500, toneMs(), 5);
        assertTrue(heard.size() * UNIT_MS > 950, heard.size() + " access units");
        for (int i = 1; i < heard.size(); i++) {
            assertEquals(
                    UNIT_MS * 1000,
                    heard.get(i).presentationTimeUs() - heard.get(i - 1).presentationTimeUs(),
                    1);
        }
    }

    @Test
    void aLostPacketIsSilence_andNothingComesEarlier() throws IOException {
        begin();
        play(0, 300, 10_000);
        play(400, 1000, 700);
        assertEquals(700, toneMs(), 5);
    }

    @Test
    void whatIsMissingForLongIsNotFilled() throws IOException {
        begin();
        play(0, 300, 10_000);
        play(60_000, 61_000, 60_500);
        assertEquals(60_500, toneMs(), 5);
        assertTrue(heard.size() * UNIT_MS < 1600, heard.size() + " access units");
    }

    @Test
    void nothingIsMadeAfterTheStop() throws IOException {
        AacAudio sound = begin();
        play(0, 300, 10_000);
        sound.stop();
        loop.runTasks();
        int before = heard.size();
        play(300, 900, 10_000);
        assertEquals(before, heard.size());
        stream.end(StreamEnd.stopped(StatusText.STOPPED_BY_USER));
    }
}
