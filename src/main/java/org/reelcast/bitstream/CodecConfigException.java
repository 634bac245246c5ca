package org.reelcast.bitstream;

/** A codec's configuration cannot be used. The message is a clause that goes on after the configuration's name. */
public final class CodecConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong with the configuration. */
    public enum Failure {
        /** It ends before all that it announces. */
        CUT_OFF,
        /** The length before each NAL unit has three bytes, which ISO/IEC 14496-15 does not allow. */
        NAL_LENGTH_SIZE,
        /** The sample rate is unknown or impossible. */
        SAMPLE_RATE,
        /** The number of channels is unknown or impossible. */
        CHANNELS
    }

    private final Failure failure;

    public CodecConfigException(Failure failure, String message) {
        super(message);
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
