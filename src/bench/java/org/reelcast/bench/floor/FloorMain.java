package org.reelcast.bench.floor;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * What any server in Java has to do, and nothing else: encrypts and sends the film's packets to each destination, 30
 * frames and 50 packets of sound a second. No WebRTC, no reports, no timers a viewer.
 */
public final class FloorMain {
    private static final long FRAME_NS = 33_333_333;
    private static final long SOUND_NS = 20_000_000;
    /** 285 packets of picture a second, as the film has. */
    private static final int[] PACKETS = {9, 10};

    private static final int VIDEO_PAYLOAD = 1158;
    private static final int AUDIO_PAYLOAD = 330;
    private static final int WARM_UP = 1_500_000;

    private FloorMain() {}

    /**
     * @param args {@code gso}, {@code single}, or {@code lean}: GSO, and encrypted as our server does; the
     *             destinations' ports come as a line
     */
    public static void main(String[] args) throws Exception {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        List<Integer> ports =
                Stream.of(orders.readLine().split(" ")).map(Integer::valueOf).toList();
        RunSender sender = new RunSender(!args[0].equals("single"));
        boolean lean = args[0].equals("lean");
        List<FloorViewer> viewers =
                ports.stream().map(port -> new FloorViewer(sender, port, lean)).toList();
        for (int i = 0; i < WARM_UP / viewers.size(); i++) {
            viewers.forEach(FloorViewer::encryptOnly);
        }
        System.out.println("ready");
        Thread thread = new Thread(() -> play(viewers, sender), "floor");
        thread.setDaemon(true);
        thread.start();
        orders.readLine();
    }

    private static void play(List<FloorViewer> viewers, RunSender sender) {
        long frameNs = System.nanoTime();
        long soundNs = frameNs;
        int frame = 0;
        int sound = 0;
        while (true) {
            long now = System.nanoTime();
            if (now >= frameNs) {
                for (FloorViewer viewer : viewers) {
                    viewer.send(96, PACKETS[frame % PACKETS.length], VIDEO_PAYLOAD, frame * 3000);
                }
                frame++;
                frameNs += FRAME_NS;
            }
            if (now >= soundNs) {
                for (FloorViewer viewer : viewers) {
                    viewer.send(111, 1, AUDIO_PAYLOAD, sound * 960);
                }
                sound++;
                soundNs += SOUND_NS;
            }
            sender.flush();
            LockSupport.parkNanos(Math.max(0, Math.min(frameNs, soundNs) - System.nanoTime()));
        }
    }
}
