package org.reelcast.rendition.opus;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.reelcast.codec.opus.OpusDecoder;
import org.reelcast.mp4.read.AacEntry;
import org.reelcast.mp4.read.Movie;
import org.reelcast.mp4.read.Track;
import org.reelcast.rendition.GeneratedMedia;
import org.reelcast.storage.LocalFile;

/**
 * Measurement, not a test: what each complexity of the Opus encoder costs, and how much of the noise that it adds is to
 * be heard. {@code -Dtest=OpusQuality}, with {@code -Dopus.film=FILE} for the sound of another film.
 *
 * <p>Noise to mask, after ITU-R BS.1387: the difference to what went in, by critical bands, against what the sound in
 * the bands around hides; below 0 dB it is not heard.
 */
class OpusQuality {
    private static final int RATE = 48_000;
    private static final int WINDOW = 1024;
    private static final int PACKET_MS = 40;
    private static final int BITRATE = 128_000;
    /** Critical bands (Zwicker), upper edges in Hz. */
    private static final int[] EDGES = {
        100, 200, 300, 400, 510, 630, 770, 920, 1080, 1270, 1480, 1720, 2000, 2320, 2700, 3150, 3700, 4400, 5300, 6400,
        7700, 9500, 12_000, 15_500, 20_000
    };
    /** Sound hides what is this much quieter in its own band, and less by so much a band above and below. */
    private static final double MASK_DB = 12;

    private static final double ABOVE_DB = 10;
    private static final double BELOW_DB = 25;
    private static final double HEARD = 1e-9;

    @Test
    void complexities() throws Exception {
        String given = System.getProperty("opus.film");
        Path film = given != null ? Path.of(given) : music();
        try (LocalFile file = LocalFile.open(film)) {
            Track track = Movie.read(file).audio().orElseThrow();
            int channels = ((AacEntry) track.entries().get(0)).config().outputChannels();
            float[] before = sound(track, file, channels);
            for (int round = 0; round < 2; round++) {
                for (int complexity = 0; complexity <= 10; complexity++) {
                    measure(track, file, channels, complexity, before);
                }
            }
        }
    }

    /** Chords with attacks, panned, over noise that comes and goes: what encoders find hard and easy by turns. */
    private static Path music() {
        String chord = "0.12*exp(-3*mod(t\\,0.5))*(sin(2*PI*220*t)+sin(2*PI*277.2*t)+sin(2*PI*329.6*t)"
                + "+0.5*sin(2*PI*1318*t)+0.3*sin(2*PI*3520*t))";
        String beat = "0.3*(2*random(0)-1)*exp(-40*mod(t\\,0.25))";
        String voice = "0.15*(0.5+0.5*sin(2*PI*3*t))*sin(2*PI*180*t+4*sin(2*PI*5*t))";
        return GeneratedMedia.make(
                "quality.mp4",
                "-f",
                "lavfi",
                "-i",
                "aevalsrc=exprs='" + chord + "+" + beat + "+0.7*" + voice + "|0.6*" + chord + "+" + beat + "+" + voice
                        + "':d=30:s=48000",
                "-c:a",
                "aac",
                "-b:a",
                "256k");
    }

    private static float[] sound(Track track, LocalFile file, int channels) throws Exception {
        float[] all = new float[(int) (track.durationUs() * 48 / 1000) * channels];
        try (PcmTimeline timeline = new PcmTimeline(new TrackAudioSource(track, file, new AtomicLong()), channels, 0)) {
            timeline.read(0, all, all.length / channels);
        }
        return all;
    }

    private static void measure(Track track, LocalFile file, int channels, int complexity, float[] before)
            throws Exception {
        List<byte[]> packets = new ArrayList<>();
        long bytes = 0;
        long startNs = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        try (OpusSegmentEncoder encoder = OpusSegmentEncoder.open(
                new TrackAudioSource(track, file, new AtomicLong()),
                new OpusParameters(BITRATE, PACKET_MS, complexity),
                channels,
                0)) {
            for (long i = 0; i < track.durationUs() / (PACKET_MS * 1000); i++) {
                packets.add(encoder.encode());
                bytes += packets.get(packets.size() - 1).length;
            }
        }
        long ns = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - startNs;
        double seconds = packets.size() * PACKET_MS / 1000.0;
        List<Double> audible = noiseToMaskDb(before, decoded(packets, channels), channels);
        System.out.printf(
                Locale.ROOT,
                "complexity %2d: %4.0f ms of CPU a minute, %.0f kbit/s, noise to mask %.2f dB,"
                        + " 95 of 100 moments below %.2f dB%n",
                complexity,
                ns / 1e6 * 60 / seconds,
                bytes * 8 / seconds / 1000,
                audible.stream().mapToDouble(x -> x).average().orElseThrow(),
                audible.stream().sorted().toList().get(audible.size() * 95 / 100));
    }

    private static float[] decoded(List<byte[]> packets, int channels) throws Exception {
        int samples = PACKET_MS * RATE / 1000 * channels;
        float[] all = new float[packets.size() * samples];
        float[] one = new float[OpusDecoder.MAX_SAMPLES * channels];
        try (OpusDecoder decoder = OpusDecoder.open(channels)) {
            for (int i = 0; i < packets.size(); i++) {
                decoder.decode(packets.get(i), 0, packets.get(i).length, one);
                System.arraycopy(one, 0, all, i * samples, samples);
            }
        }
        return all;
    }

    /** One figure for each moment with sound in it. */
    private static List<Double> noiseToMaskDb(float[] before, float[] after, int channels) {
        List<Double> moments = new ArrayList<>();
        int end = Math.min(before.length, after.length) / channels - WINDOW;
        for (int channel = 0; channel < channels; channel++) {
            for (int at = WINDOW; at < end; at += WINDOW / 2) {
                double[] sound = new double[WINDOW];
                double[] noise = new double[WINDOW];
                for (int i = 0; i < WINDOW; i++) {
                    double weight = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / WINDOW);
                    int place = (at + i) * channels + channel;
                    sound[i] = weight * before[place];
                    noise[i] = weight * (after[place] - before[place]);
                }
                double[] wanted = bands(sound);
                double loudest = java.util.Arrays.stream(wanted).max().orElseThrow();
                if (loudest > HEARD) {
                    moments.add(noiseToMaskDb(wanted, bands(noise)));
                }
            }
        }
        return moments;
    }

    private static double noiseToMaskDb(double[] sound, double[] noise) {
        double sum = 0;
        for (int band = 0; band < EDGES.length; band++) {
            double mask = HEARD;
            for (int from = 0; from < EDGES.length; from++) {
                double down = MASK_DB + (band > from ? (band - from) * ABOVE_DB : (from - band) * BELOW_DB);
                mask = Math.max(mask, sound[from] * Math.pow(10, -down / 10));
            }
            sum += noise[band] / mask;
        }
        return 10 * Math.log10(sum / EDGES.length);
    }

    /** Energy by critical bands. */
    private static double[] bands(double[] samples) {
        double[] re = samples.clone();
        double[] im = new double[WINDOW];
        transform(re, im);
        double[] bands = new double[EDGES.length];
        int band = 0;
        for (int i = 1; i < WINDOW / 2; i++) {
            while (band < EDGES.length && i * (double) RATE / WINDOW >= EDGES[band]) {
                band++;
            }
            if (band == EDGES.length) {
                break;
            }
            bands[band] += (re[i] * re[i] + im[i] * im[i]) / WINDOW / WINDOW;
        }
        return bands;
    }

    /** Fast Fourier transform in place, by radix 2. */
    private static void transform(double[] re, double[] im) {
        for (int i = 1, j = 0; i < re.length; i++) {
            int bit = re.length >> 1;
            for (; (j & bit) != 0; bit >>= 1) {
                j ^= bit;
            }
            j ^= bit;
            if (i < j) {
                double swap = re[i];
                re[i] = re[j];
                re[j] = swap;
            }
        }
        for (int size = 2; size <= re.length; size *= 2) {
            for (int k = 0; k < size / 2; k++) {
                double c = Math.cos(-2 * Math.PI * k / size);
                double s = Math.sin(-2 * Math.PI * k / size);
                for (int i = k; i < re.length; i += size) {
                    int other = i + size / 2;
                    double x = re[other] * c - im[other] * s;
                    double y = re[other] * s + im[other] * c;
                    re[other] = re[i] - x;
                    im[other] = im[i] - y;
                    re[i] += x;
                    im[i] += y;
                }
            }
        }
    }
}
