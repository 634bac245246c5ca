package org.reelcast.e2e.harness;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A web site of somebody else: one page, at another port, which makes it another origin. */
public final class ForeignSite implements AutoCloseable {
    private final HttpServer http;
    private volatile byte[] page = {};

    public ForeignSite() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        http.start();
    }

    /** From now on its page has this body. */
    public void serve(String body) {
        page = ("<!DOCTYPE html><title>Mine</title>" + body).getBytes(StandardCharsets.UTF_8);
    }

    public String url() {
        return "http://localhost:" + http.getAddress().getPort() + "/";
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
