package org.reelcast.codec.encoders;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.reelcast.codec.ffmpeg.EncodingSpeed;
import org.reelcast.loop.AnyThread;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.sharing.ClientAddresses;

/**
 * The cores of this machine for decoding and encoding while it plays: whoever is about to do so asks first for the
 * macroblocks a second that it comes to, and gives them back. What is at work is never disturbed by who comes later.
 */
@AnyThread
public final class CodecCapacity {
    /** Of all cores; the rest sends. */
    private static final double MOST = 0.85;
    /** A macroblock of films costs so many times one of {@link EncodingSpeed}'s pictures, which have little grain. */
    private static final double FILM_FACTOR = 2.2;

    /** Of these cores, for one address that keeps some busy already. */
    private static final double MOST_OF_ONE = 0.75;

    /** Less than any job takes. */
    private static final double NONE = 1e-6;

    private static final double MICROSECONDS = 1e-6;
    private static final CodecCapacity PROCESS =
            new CodecCapacity(Runtime.getRuntime().availableProcessors());

    private final double cores;
    private final List<DoubleSupplier> others = new ArrayList<>();
    private EncodingSpeed.Cost cost = EncodingSpeed.Cost.REFERENCE;
    /** Of all. */
    private double charged;
    /** Of those who are counted. */
    private final Map<ByteBuffer, Double> chargedTo = new HashMap<>();

    /** @param cores that there are */
    public CodecCapacity(int cores) {
        this.cores = cores;
    }

    /** That of this process. */
    public static CodecCapacity ofProcess() {
        return PROCESS;
    }

    /** What a macroblock costs with the encoder that is used. */
    public synchronized void measured(EncodingSpeed.Cost measured) {
        cost = measured;
    }

    /** What a macroblock costs with the encoder that is used, as far as it is known. */
    public synchronized EncodingSpeed.Cost cost() {
        return cost;
    }

    /** @param share of all cores that somebody keeps busy who does not ask here, 0 to 1 and more */
    public synchronized void alsoBusy(DoubleSupplier share) {
        others.add(share);
    }

    /** Cores that so many macroblocks a second keep busy. */
    public synchronized double cores(double decoded, double encoded) {
        return (decoded * cost.decodeUs() + encoded * cost.encodeUs()) * FILM_FACTOR * MICROSECONDS;
    }

    /** Cores for a job that the server's own people ask for; see the other one. */
    public Charge charge(double decoded, double encoded) throws Refusal {
        return charge("", decoded, encoded);
    }

    /**
     * Cores for a job. One address has three quarters of what there is when that is more than one job, which is a stream in all
     * usual sizes on two cores: whoever asks for every size that there is keeps nobody else from one.
     *
     * @param client  IP address of whoever asks; those of this machine are not counted, nor what is no address
     * @param decoded macroblocks a second that it decodes; 0 when somebody else decodes them for it
     * @param encoded macroblocks a second that it encodes
     * @throws Refusal when they are not free: {@link StatusText#NO_AVAILABLE_TRANSCODERS}
     */
    public Charge charge(String client, double decoded, double encoded) throws Refusal {
        Optional<ByteBuffer> owner = ClientAddresses.owner(client);
        double needed = cores(decoded, encoded);
        double elsewhere = elsewhere();
        synchronized (this) {
            double busy = charged + elsewhere;
            if (busy + needed > cores * MOST) {
                throw Refusal.told(
                        StatusText.NO_AVAILABLE_TRANSCODERS,
                        String.format(
                                Locale.ROOT,
                                "This takes %.2f cores, and %.2f of %.2f that encode are busy: end another transcoder or "
                                        + "mixer, ask for a smaller picture or fewer pictures a second, or see the docs for a "
                                        + "faster encoder",
                                needed,
                                busy,
                                cores * MOST));
            }
            double own = owner.map(chargedTo::get).orElse(0.0);
            if (own > 0 && own + needed > cores * MOST * MOST_OF_ONE) {
                throw Refusal.told(
                        StatusText.NO_AVAILABLE_TRANSCODERS,
                        String.format(
                                Locale.ROOT,
                                "What was asked for from %s before takes %.2f cores, and one address has %.2f of them",
                                client,
                                own,
                                cores * MOST * MOST_OF_ONE));
            }
            charged += needed;
            if (needed > NONE) {
                owner.ifPresent(each -> chargedTo.merge(each, needed, Double::sum));
            }
        }
        return new Charge(owner, needed);
    }

    /** Those who are asked may in turn ask here: nothing is locked meanwhile. */
    private double elsewhere() {
        List<DoubleSupplier> asked;
        synchronized (this) {
            asked = List.copyOf(others);
        }
        return asked.stream().mapToDouble(DoubleSupplier::getAsDouble).sum() * cores;
    }

    /** Of all cores, the share that is charged now, 0 to 1. */
    public synchronized double chargedShare() {
        return charged / cores;
    }

    /** Cores that a job has until it gives them back. */
    public final class Charge implements AutoCloseable {
        private final Optional<ByteBuffer> owner;
        private double held;

        private Charge(Optional<ByteBuffer> owner, double held) {
            this.owner = owner;
            this.held = held;
        }

        /** Any number of times. */
        @Override
        public void close() {
            synchronized (CodecCapacity.this) {
                charged = Math.max(0, charged - held);
                owner.ifPresent(
                        each -> chargedTo.computeIfPresent(each, (same, all) -> all - held > NONE ? all - held : null));
                held = 0;
            }
        }
    }
}
