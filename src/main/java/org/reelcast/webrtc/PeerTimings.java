package org.reelcast.webrtc;

/** When a connection reached its stages, on the loops' clock; 0 = not yet. Written on the peer's loop. */
public final class PeerTimings {
    private final long offerUs;
    private long answerUs;
    private long firstCheckUs;
    private long dtlsStartUs;
    private long dtlsDoneUs;
    private long firstPacketUs;

    PeerTimings(long offerUs) {
        this.offerUs = offerUs;
    }

    void answered(long nowUs) {
        answerUs = nowUs;
    }

    void checked(long nowUs) {
        firstCheckUs = firstCheckUs == 0 ? nowUs : firstCheckUs;
    }

    void dtlsStarted(long nowUs) {
        dtlsStartUs = dtlsStartUs == 0 ? nowUs : dtlsStartUs;
    }

    void dtlsDone(long nowUs) {
        dtlsDoneUs = nowUs;
    }

    void packet(long nowUs) {
        firstPacketUs = firstPacketUs == 0 ? nowUs : firstPacketUs;
    }

    /** The first valid ICE check came. */
    public long firstCheckUs() {
        return firstCheckUs;
    }

    /** The handshake was done. */
    public long dtlsDoneUs() {
        return dtlsDoneUs;
    }

    /** The first RTP packet was sent to a viewer, or came from a publisher. */
    public long firstPacketUs() {
        return firstPacketUs;
    }

    /** For the log: each stage in ms after the offer. */
    @Override
    public String toString() {
        return "answered after " + after(answerUs) + ", found (ICE) after " + after(firstCheckUs)
                + ", encrypted (DTLS) between " + after(dtlsStartUs) + " and " + after(dtlsDoneUs)
                + ", first packet after " + after(firstPacketUs);
    }

    private String after(long timeUs) {
        return timeUs == 0 ? "never" : (timeUs - offerUs) / 1000 + " ms";
    }
}
