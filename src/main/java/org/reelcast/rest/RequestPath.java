package org.reelcast.rest;

import jakarta.servlet.http.HttpServletRequest;

/** What a request is for, by what the container makes of its path: as it is sent, it may be written in many ways. */
final class RequestPath {
    private static final String REST = "/rest-api";

    private RequestPath() {}

    static String of(HttpServletRequest request) {
        return request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
    }

    static boolean isRest(HttpServletRequest request) {
        String path = of(request);
        return path.equals(REST) || path.startsWith(REST + "/");
    }
}
