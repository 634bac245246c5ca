package org.reelcast.rtp.receive;

import org.reelcast.bitstream.h264.NalType;
import org.reelcast.bitstream.h264.ParameterSets;
import org.reelcast.bitstream.h264.Sps;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;

/**
 * H.264: access units with parameter sets before each IDR picture. After a loss nothing is given out before the next
 * key frame, since what lies between refers to what is lost.
 */
final class VideoFrames implements FrameAssembler, H264Depacketizer.Target {
    private final TrackClock clock;
    private final RtpReceiverListener listener;
    private final H264Depacketizer depacketizer = new H264Depacketizer(this);
    private final ParameterSets sets = new ParameterSets();
    private Format format;
    private int rotation;
    private boolean awaitingKey = true;
    private boolean keyWanted;
    /** Whether the latest key frame but the first brought its parameter sets: then one without has lost them. */
    private boolean setsComeWithKeys;

    private boolean hadKey;
    private boolean lost;
    private long nowUs;
    private long frames;

    VideoFrames(TrackClock clock, RtpReceiverListener listener) {
        this.clock = clock;
        this.listener = listener;
    }

    /** Whether a key frame is to be asked for: nothing can be given out without it, or somebody wants it. */
    boolean awaitsKey() {
        return awaitingKey || keyWanted;
    }

    /** Somebody wants a key frame. */
    void wantKey() {
        keyWanted = true;
    }

    @Override
    public void at(long now) {
        nowUs = now;
    }

    @Override
    public void packet(byte[] array, int offset, int length, long timestamp, boolean marker, int notes) {
        depacketizer.packet(array, offset, length, timestamp, marker, notes);
    }

    @Override
    public void gap() {
        depacketizer.gap();
    }

    /** @param notes video orientation in quarter turns plus one, 0 when the packet did not say */
    @Override
    public void accessUnit(long timestamp, boolean key, Slice[] nals, int notes) {
        boolean hasSps = false;
        for (Slice nal : nals) {
            int type = NalType.of(nal.array()[nal.offset()]);
            if (type == NalType.SPS || type == NalType.PPS) {
                sets.offer(nal.array(), nal.offset(), nal.length());
                hasSps |= type == NalType.SPS;
            }
        }
        Sps sps = sets.sps();
        if (awaitingKey && (!key || sps == null || lost && setsComeWithKeys && !hasSps)) {
            return;
        }
        awaitingKey = false;
        lost = false;
        if (key) {
            setsComeWithKeys = hadKey && hasSps;
            hadKey = true;
        }
        keyWanted &= !key;
        if (notes > 0) {
            rotation = (notes - 1) * 90;
        }
        if (format == null
                || format.rotation() != rotation
                || format.width() != sps.width()
                || format.height() != sps.height()
                || format.profileLevelId() != sps.profileLevelId()) {
            format = Format.video(Codec.H264, sps.width(), sps.height(), rotation, sps.profileLevelId());
        }
        long dueUs = clock.dueUs(timestamp, nowUs);
        frames++;
        listener.onFrame(new Frame(format, dueUs, dueUs, key, key && !hasSps ? withSets(nals) : nals));
    }

    @Override
    public void damage() {
        lost = true;
        if (!awaitingKey) {
            awaitingKey = true;
            listener.onVideoLoss();
        }
    }

    @Override
    public long frames() {
        return frames;
    }

    @Override
    public long malformed() {
        return depacketizer.malformed();
    }

    @Override
    public void reset() {
        depacketizer.reset();
        clock.reset();
        damage();
        hadKey = false;
        setsComeWithKeys = false;
    }

    private Slice[] withSets(Slice[] nals) {
        Slice[] all = sets.all();
        Slice[] together = new Slice[all.length + nals.length];
        System.arraycopy(all, 0, together, 0, all.length);
        System.arraycopy(nals, 0, together, all.length, nals.length);
        return together;
    }
}
