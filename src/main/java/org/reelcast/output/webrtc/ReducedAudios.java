package org.reelcast.output.webrtc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.reelcast.live.encode.ReducedAudio;
import org.reelcast.loop.MediaLoop;
import org.reelcast.loop.OnLoop;
import org.reelcast.media.Codec;
import org.reelcast.media.Frame;
import org.reelcast.rtp.Packetizer;
import org.reelcast.rtp.Packetizers;
import org.reelcast.rtp.RtpFrame;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamTrack;
import org.reelcast.stream.TrackChoice;

/**
 * The sound of a stream for those of its viewers who want less of it: made once for all with the same limit, and cut
 * into packets once.
 */
@OnLoop
final class ReducedAudios {
    private final Stream stream;
    private final ReducedAudio.Means means;
    private final Map<ReducedAudio.Limit, Part> parts = new HashMap<>();

    ReducedAudios(Stream stream, ReducedAudio.Means means) {
        this.stream = stream;
        this.means = means;
    }

    /** The viewer gets what it wants, or hears that it cannot. */
    void add(FanoutMember viewer, ReducedAudio.Limit limit) {
        Part part = parts.get(limit);
        if (part == null) {
            part = new Part(limit);
            if (!part.start()) {
                onLoop(viewer.loop(), viewer::takeUsualSound);
                return;
            }
            parts.put(limit, part);
        }
        part.add(viewer);
    }

    void remove(FanoutMember viewer, ReducedAudio.Limit limit) {
        Part part = parts.get(limit);
        if (part != null && part.remove(viewer)) {
            parts.remove(limit);
            part.stop();
        }
    }

    private void onLoop(MediaLoop loop, Runnable task) {
        if (loop == stream.loop()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }

    /** Those with one limit. */
    private final class Part implements ReducedAudio.Output {
        private final ReducedAudio.Limit limit;
        private final Packetizer packetizer = Packetizers.of(Codec.OPUS);
        /** Of each loop; the lists are replaced, never changed, as they are on their way to the loops. */
        private final Map<MediaLoop, List<FanoutMember>> viewers = new HashMap<>();

        private ReducedAudio sound;

        Part(ReducedAudio.Limit limit) {
            this.limit = limit;
        }

        /** @return false when there is no room for it */
        boolean start() {
            Optional<StreamTrack> opus = TrackChoice.REAL_TIME.of(stream.tracks()).stream()
                    .filter(track -> !track.isVideo())
                    .findFirst();
            sound = opus.flatMap(track -> means.start(stream, track, limit, this))
                    .orElse(null);
            return sound != null;
        }

        void stop() {
            sound.stop();
        }

        void add(FanoutMember viewer) {
            List<FanoutMember> more = new ArrayList<>(viewers.getOrDefault(viewer.loop(), List.of()));
            more.add(viewer);
            viewers.put(viewer.loop(), more);
        }

        /** @return whether nobody is left */
        boolean remove(FanoutMember viewer) {
            List<FanoutMember> fewer = new ArrayList<>(viewers.getOrDefault(viewer.loop(), List.of()));
            fewer.remove(viewer);
            viewers.put(viewer.loop(), fewer);
            return viewers.values().stream().allMatch(List::isEmpty);
        }

        @Override
        public void packet(Frame frame) {
            stream.loop().execute(() -> send(packetizer.packetize(frame)));
        }

        private void send(RtpFrame packets) {
            viewers.forEach((loop, members) -> onLoop(loop, () -> {
                for (int i = 0; i < members.size(); i++) {
                    members.get(i).sendReduced(packets);
                }
            }));
        }

        @Override
        public void failed() {
            stream.loop().execute(() -> {
                parts.remove(limit, this);
                viewers.forEach((loop, members) -> onLoop(loop, () -> members.forEach(FanoutMember::takeUsualSound)));
            });
        }
    }
}
