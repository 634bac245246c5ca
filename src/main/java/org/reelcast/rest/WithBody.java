package org.reelcast.rest;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** A request whose body is there already. */
final class WithBody extends HttpServletRequestWrapper {
    private final ServletInputStream in;

    WithBody(HttpServletRequest request, byte[] body) {
        super(request);
        in = new Held(new ByteArrayInputStream(body));
    }

    @Override
    public ServletInputStream getInputStream() {
        return in;
    }

    @Override
    public BufferedReader getReader() {
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    private static final class Held extends ServletInputStream {
        private final ByteArrayInputStream bytes;

        Held(ByteArrayInputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("the body has been read");
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] piece, int from, int length) {
            return bytes.read(piece, from, length);
        }
    }
}
