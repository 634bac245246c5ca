package org.reelcast.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AsyncDispatchTest {
    private final AtomicInteger dispatches = new AtomicInteger();

    @Test
    void firstThread_dispatchesWhileItIsWithin() {
        new AsyncDispatch(new Context(), 10_000).run();
        assertEquals(1, dispatches.get());
    }

    @Test
    void otherThread_waitsUntilTheFirstHasLeft() throws Exception {
        Context context = new Context();
        AsyncDispatch dispatch = new AsyncDispatch(context, 60_000);
        Thread other = new Thread(dispatch::run);
        other.start();
        context.askedTwice.await();
        assertEquals(0, dispatches.get());
        context.within = false;
        other.join();
        assertEquals(1, dispatches.get());
    }

    @Test
    void otherThread_doesNotWaitForEver() throws Exception {
        AsyncDispatch dispatch = new AsyncDispatch(new Context(), 1);
        Thread other = new Thread(dispatch::run);
        other.start();
        other.join();
        assertEquals(1, dispatches.get());
    }

    /** As Payara's: the method that tells whether the first thread is still within is not public. */
    private final class Context implements AsyncContext {
        private final CountDownLatch askedTwice = new CountDownLatch(2);
        private volatile boolean within = true;

        boolean isDelayAsyncDispatchAndComplete() {
            askedTwice.countDown();
            return within;
        }

        @Override
        public void dispatch() {
            dispatches.incrementAndGet();
        }

        @Override
        public void dispatch(String path) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void dispatch(ServletContext other, String path) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ServletRequest getRequest() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ServletResponse getResponse() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean hasOriginalRequestAndResponse() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void complete() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void start(Runnable task) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void addListener(AsyncListener listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void addListener(AsyncListener listener, ServletRequest request, ServletResponse response) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T extends AsyncListener> T createListener(Class<T> type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setTimeout(long timeoutMs) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long getTimeout() {
            throw new UnsupportedOperationException();
        }
    }
}
