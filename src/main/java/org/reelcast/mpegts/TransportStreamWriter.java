package org.reelcast.mpegts;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.reelcast.bitstream.aac.AdtsHeader;
import org.reelcast.bitstream.aac.AudioSpecificConfig;
import org.reelcast.media.AacFormat;
import org.reelcast.media.Frame;
import org.reelcast.media.H264Format;

/**
 * Writes segments of an MPEG-2 transport stream (ISO/IEC 13818-1) with H.264, AAC or both. A segment depends on its
 * frames alone, so that a film's can be made in any order, by several threads at once, and again. Joined they are one
 * stream even so: times are absolute, and on each PID the continuity counter starts a segment with 0 and ends it with
 * 15.
 *
 * <p>The program's clock is half a second behind the decoding times. Times that start a second or so after their epoch
 * keep it from starting with a wrap.
 */
public final class TransportStreamWriter {
    /** How long before it is decoded a frame is there: less than the second that T-STD allows (section 2.4.2.6). */
    private static final long AHEAD = Ticks.ofMs(500);

    private static final int TABLES = 2;

    private final boolean hasVideo;
    private final boolean hasAudio;
    private final Pid clock;
    private final Tables tables;

    /**
     * A writer of streams with these tracks.
     *
     * @param video may be empty, but not both
     * @param audio with what ADTS can say, see {@link #whyNot}
     */
    public TransportStreamWriter(Optional<H264Format> video, Optional<AacFormat> audio) {
        hasVideo = video.isPresent();
        hasAudio = audio.isPresent();
        if (!hasVideo && !hasAudio) {
            throw new IllegalArgumentException("A transport stream needs pictures or sound");
        }
        clock = hasVideo ? Pid.VIDEO : Pid.AUDIO;
        tables = new Tables(
                clock,
                Stream.concat(video.map(track -> Pid.VIDEO).stream(), audio.map(track -> Pid.AUDIO).stream())
                        .toList());
        audio.flatMap(TransportStreamWriter::whyNot).ifPresent(why -> {
            throw new IllegalArgumentException("For a transport stream the sound " + why);
        });
    }

    /** Why a transport stream cannot carry the sound, as a clause that goes on after "the sound"; empty when it can. */
    public static Optional<String> whyNot(AacFormat audio) {
        return AdtsHeader.whyNot(AudioSpecificConfig.parse(audio.config().bytes()));
    }

    /**
     * Makes one segment. Its tables name all tracks, whether it has frames of them or not. Frames without payload are
     * left out, and those of sound that ADTS cannot say.
     *
     * @param video in the order of decoding; the format may change at a key frame
     * @param audio in the order of time
     * @return whole packets
     */
    public byte[] segment(List<Frame> video, List<Frame> audio) {
        if (!hasVideo && !video.isEmpty() || !hasAudio && !audio.isEmpty()) {
            throw new IllegalArgumentException("Frames of a track that the stream does not have");
        }
        PesStream pictures = new VideoPes(video);
        PesStream sounds = new AudioPes(audio, !hasVideo);
        PesPackets picturePackets = new PesPackets(pictures);
        PesPackets soundPackets = new PesPackets(sounds);
        int packets = Math.addExact(picturePackets.total(), soundPackets.total());
        Schedule counted = new Schedule(pictures, sounds);
        for (Schedule.Step step = counted.next(); step != Schedule.Step.END; step = counted.next()) {
            packets += step == Schedule.Step.TABLES ? TABLES : step == Schedule.Step.CLOCK ? 1 : 0;
        }
        byte[] segment = new byte[Math.multiplyExact(packets, PacketWriter.SIZE)];
        write(new Schedule(pictures, sounds), picturePackets, soundPackets, new PacketWriter(segment));
        return segment;
    }

    private void write(Schedule schedule, PesPackets pictures, PesPackets sounds, PacketWriter out) {
        for (Schedule.Step step = schedule.next(); step != Schedule.Step.END; step = schedule.next()) {
            long time = Ticks.wrapped(schedule.clock() - AHEAD);
            switch (step) {
                case TABLES -> tables.write(out);
                case CLOCK -> out.clock(clock, time);
                default -> (schedule.isPicture() ? pictures : sounds).write(schedule.unit(), time, out);
            }
        }
    }
}
