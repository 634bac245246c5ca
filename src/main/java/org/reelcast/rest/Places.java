package org.reelcast.rest;

import java.util.concurrent.Semaphore;
import org.reelcast.loop.AnyThread;
import org.reelcast.sharing.ClientAddresses;

/** So many requests of a kind at a time, of which one address may have some. */
@AnyThread
final class Places {
    private final int most;
    private final Semaphore free;
    private final ClientAddresses addresses;

    /**
     * @param most      at the same time
     * @param mostOfOne of one address
     */
    Places(int most, int mostOfOne) {
        this.most = most;
        free = new Semaphore(most);
        addresses = new ClientAddresses(mostOfOne);
    }

    /** @return whether there is room for another; it has its place until {@link #leave} */
    boolean enter(String address) {
        if (!addresses.enter(address)) {
            return false;
        }
        if (!free.tryAcquire()) {
            addresses.leave(address);
            return false;
        }
        return true;
    }

    void leave(String address) {
        addresses.leave(address);
        free.release();
    }

    int count() {
        return most - free.availablePermits();
    }
}
