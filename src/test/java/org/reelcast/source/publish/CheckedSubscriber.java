package org.reelcast.source.publish;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.reelcast.media.Frame;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.Subscriber;
import org.reelcast.webrtc.client.ClientCamera;

/** Takes a published stream and looks whether it is in order. */
final class CheckedSubscriber implements Subscriber {
    final CompletableFuture<StreamEnd> end = new CompletableFuture<>();
    int sounds;
    /** Pictures that the camera took and that did not come, between those that did. */
    int skipped;

    private int pictures;
    private int last = -1;
    private long lastUs;
    private String fault;

    @Override
    public void onStart(List<Frame> groupOfPictures) {
        groupOfPictures.forEach(this::onFrame);
    }

    @Override
    public synchronized void onFrame(Frame frame) {
        if (frame.isVideo()) {
            picture(frame);
        } else {
            sounds++;
        }
        notifyAll();
    }

    private void picture(Frame frame) {
        int number = ClientCamera.number(frame);
        if (pictures == 0 && !frame.isKey()) {
            fault = "the first picture is no key frame";
        } else if (number <= last || frame.presentationTimeUs() <= lastUs) {
            fault = "picture " + number + " comes after " + last;
        } else if (number > last + 1 && !frame.isKey()) {
            fault = "picture " + number + " follows " + last + " and is no key frame";
        }
        skipped += pictures == 0 ? 0 : number - last - 1;
        pictures++;
        last = number;
        lastUs = frame.presentationTimeUs();
    }

    @Override
    public void onEnd(StreamEnd how) {
        end.complete(how);
    }

    synchronized int pictures() {
        return pictures;
    }

    void awaitPictures(int count) throws InterruptedException {
        await(count, 0);
    }

    synchronized void await(int wantedPictures, int wantedSounds) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (pictures < wantedPictures || sounds < wantedSounds) {
            assertTrue(System.nanoTime() < deadline, pictures + " pictures and " + sounds + " sounds came; " + fault);
            wait(1000);
        }
    }

    /** Fails when something was out of order. */
    synchronized void check() {
        assertNull(fault);
    }
}
