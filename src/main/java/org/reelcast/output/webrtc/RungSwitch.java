package org.reelcast.output.webrtc;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.live.encode.ReducedAudio;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.Blocking;
import org.reelcast.loop.MediaLoop;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.rtp.RtpFrame;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Holder;
import org.reelcast.stream.Ladder;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.StreamTrack;
import org.reelcast.stream.Streams;
import org.reelcast.stream.TrackChoice;

/**
 * Moves one viewer between the sizes of a stream, as its link needs it: the picture of another size takes the place of
 * the one that is shown at a key frame, the sound goes on. Sizes are streams that all viewers share, and are made while
 * somebody takes them. On the viewer's loop, but for opening them.
 */
final class RungSwitch {
    private static final Logger LOG = Logger.getLogger(RungSwitch.class.getName());
    /** The viewer counts as one of the stream itself. */
    private static final Holder HOLDER =
            Holder.output("abr", TrackChoice.preferring(List.of(StreamTrack.Form.REAL_TIME), List.of()));
    /** Of what the link carries, what the picture may take. */
    private static final double SHARE = 0.8;

    private static final long SOUND_BPS = 130_000;

    /** An eighth of a second of a link of half a megabit: nothing new is seen while it is on its way. */
    private static final long MOST_AT_ONCE = 8_000;
    /** Into which pictures up to the present are dated. */
    private static final long FRAME_US = 30_000;

    private final Viewing viewer;
    private final Stream stream;
    private final Streams streams;
    private final Holder holder;
    /** From the smallest; empty before they were asked for. */
    private List<Ladder.Rung> rungs = List.of();
    /** What is shown; null for the stream itself. */
    private Rung shown;
    /** What is to be shown from its next key frame on; null for none. */
    private Rung next;
    /** The stream itself is to be shown from its next key frame on. */
    private boolean back;

    private boolean opening;
    private boolean closed;

    /** The viewer, as this one needs it. On its loop. */
    interface Viewing {

        @AnyThread
        MediaLoop loop();

        /** As {@link org.reelcast.rtp.RtpSession#rungs} has it. */
        void rungs(boolean smaller, boolean larger, boolean changed);

        /** Does something with a stream's fanout, on that stream's loop, in the order of the calls. */
        void onStream(Stream other, Consumer<Fanout> action);

        /** Sends a picture that is due. */
        void sendPicture(RtpFrame frame);

        /** Sends pictures at once, dated between the last one sent and the next one. */
        void repair(List<RtpFrame> groupOfPictures, long frameIntervalUs);
    }

    /** @param client IP address of the viewer */
    RungSwitch(Viewing viewer, Stream stream, Streams streams, String client) {
        this.viewer = viewer;
        this.stream = stream;
        this.streams = streams;
        this.holder = HOLDER.of(client);
    }

    /** The viewer is connected. */
    void start() {
        viewer.rungs(true, false, false);
    }

    /** Whether another size is shown than the stream's own. */
    boolean isOther() {
        return shown != null;
    }

    /** What leads to the present of the size that is shown is sent again. */
    void repair() {
        Rung other = shown;
        viewer.onStream(other.hold.stream(), fanout -> fanout.repair(other));
    }

    /** Whether a picture of the stream itself is to be sent. */
    boolean showsOwn(RtpFrame frame) {
        if (back && frame.isKey()) {
            back = false;
            show(null);
        }
        return shown == null;
    }

    /** Whether a picture that came by {@code member} is to be sent. */
    private boolean shows(Rung member, RtpFrame frame) {
        if (member == next && frame.isKey()) {
            next = null;
            show(member);
        }
        return member == shown;
    }

    private void show(Rung member) {
        Rung before = shown;
        shown = member;
        leave(before);
        int place = place(member);
        LOG.fine(() -> stream.name() + " goes on as "
                + (member == null ? "it is" : rungs.get(place).variant().uri()));
        viewer.rungs(place > 0, place < rungs.size(), true);
    }

    private int place(Rung member) {
        return member == null ? rungs.size() : member.place;
    }

    /**
     * The link is too narrow.
     *
     * @param mediaBps what is shown takes, bits a second, sound included
     * @param linkBps  what the link carries
     */
    void smaller(long mediaBps, long linkBps) {
        if (opening || closed) {
            return;
        }
        forget();
        long room = (long) ((Math.min(linkBps, mediaBps) - SOUND_BPS) * SHARE);
        opening = true;
        open(room, rungs.isEmpty() ? Integer.MAX_VALUE : place(shown), mediaBps);
    }

    void larger() {
        if (opening || closed || shown == null) {
            return;
        }
        forget();
        if (shown.place + 1 < rungs.size()) {
            opening = true;
            openAt(rungs, shown.place + 1);
        } else {
            back = true;
            stream.loop().execute(stream::requestKeyFrame);
        }
    }

    private void forget() {
        leave(next);
        next = null;
        back = false;
    }

    /** @param below the place of the one that is too large */
    private void open(long room, int below, long mediaBps) {
        List<Ladder.Rung> known = rungs;
        inTask(() -> {
            List<Ladder.Rung> sizes = known.isEmpty() ? sizes() : known;
            int place = Math.min(below, sizes.size()) - 1;
            while (place > 0 && sizes.get(place).bitrate() > room) {
                place--;
            }
            if (place < 0 || sizes.get(place).bitrate() >= mediaBps) {
                throw new Refusal(StatusText.NO_AVAILABLE_TRANSCODERS, "there is none that takes less");
            }
            join(sizes, place);
        });
    }

    private List<Ladder.Rung> sizes() throws Refusal {
        return streams.rungs(stream).stream()
                .sorted(Comparator.comparingInt(Ladder.Rung::bitrate))
                .toList();
    }

    private void openAt(List<Ladder.Rung> sizes, int place) {
        inTask(() -> join(sizes, place));
    }

    @Blocking
    private void join(List<Ladder.Rung> sizes, int place) throws Refusal {
        Hold hold = streams.open(sizes.get(place).variant().uri(), holder);
        hold.start();
        viewer.loop().execute(() -> joined(sizes, new Rung(hold, place)));
    }

    private interface Task {
        void run() throws Refusal;
    }

    private void inTask(Task task) {
        try {
            streams.opener(stream.name(), holder.client()).execute(() -> {
                try {
                    task.run();
                } catch (Refusal | RuntimeException e) {
                    LOG.log(Level.FINE, "No other size for a viewer", e);
                    viewer.loop().execute(this::failed);
                }
            });
        } catch (RejectedExecutionException e) {
            failed();
        }
    }

    private void joined(List<Ladder.Rung> sizes, Rung member) {
        opening = false;
        if (closed) {
            member.hold.close();
            return;
        }
        rungs = sizes;
        next = member;
        viewer.onStream(member.hold.stream(), fanout -> fanout.add(member));
    }

    /** There is none for now: pictures are left out, if they must be. */
    private void failed() {
        opening = false;
        if (!closed) {
            viewer.rungs(false, shown != null, false);
        }
    }

    /** What was left out is sent again: whether there is another size may be tried anew. */
    void recovered() {
        if (!opening && !closed) {
            viewer.rungs(rungs.isEmpty() || place(shown) > 0, shown != null, false);
        }
    }

    /** Its stream is over. */
    private void ended(Rung member) {
        if (member == next) {
            next = null;
            member.hold.close();
            failed();
        } else if (member == shown) {
            back = true;
            stream.loop().execute(stream::requestKeyFrame);
        }
    }

    private void leave(Rung member) {
        if (member != null) {
            viewer.onStream(member.hold.stream(), fanout -> fanout.remove(member));
            member.hold.close();
        }
    }

    void close() {
        closed = true;
        leave(next);
        leave(shown);
        next = null;
    }

    /** The viewer's place at a stream that has the picture in another size. */
    private final class Rung implements FanoutMember {
        private final Hold hold;
        /** Among the sizes, from the smallest. */
        private final int place;

        Rung(Hold hold, int place) {
            this.hold = hold;
            this.place = place;
        }

        @Override
        public MediaLoop loop() {
            return viewer.loop();
        }

        /** Where what leads to the present is too much for a narrow link, it begins with the next key frame. */
        @Override
        public void join(List<RtpFrame> groupOfPictures) {
            long bytes = 0;
            for (RtpFrame frame : groupOfPictures) {
                bytes += frame.bytes();
            }
            if (bytes > 0 && bytes <= MOST_AT_ONCE && shows(this, groupOfPictures.get(0))) {
                viewer.repair(groupOfPictures, FRAME_US);
            }
        }

        @Override
        public void repair(List<RtpFrame> groupOfPictures, long frameIntervalUs) {
            if (shown == this) {
                viewer.repair(groupOfPictures, frameIntervalUs);
            }
        }

        @Override
        public void send(List<RtpFrame> frames) {
            for (int i = 0; i < frames.size(); i++) {
                RtpFrame frame = frames.get(i);
                if (frame.isVideo() && shows(this, frame)) {
                    viewer.sendPicture(frame);
                }
            }
        }

        /** The sound is the stream's own. */
        @Override
        public Optional<ReducedAudio.Limit> soundLimit() {
            return Optional.empty();
        }

        @Override
        public void sendReduced(RtpFrame sound) {
            // see above
        }

        @Override
        public void takeUsualSound() {
            // see above
        }

        @Override
        public void problem(String what) {
            // the stream itself says it
        }

        @Override
        public void end(StreamEnd how) {
            ended(this);
        }
    }
}
