package org.reelcast.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A path may be written in many ways: what counts is what the container makes of it. */
class RequestPathTest {

    @ParameterizedTest
    @CsvSource({
        "/rest-api,/vod/find_all,true",
        "/rest-api,,true",
        "/rest-api/x,,true",
        "/rest-apis,,false",
        "/client/records,/rest-api,false",
        "'',/rest-api/vod,true",
        "/health,,false"
    })
    void restIsKnownByItsDecodedPath(String servletPath, String pathInfo, boolean rest) {
        HttpServletRequest request = (HttpServletRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getServletPath" -> servletPath;
                    case "getPathInfo" -> pathInfo;
                    default -> throw new AssertionError("asked for " + method.getName());
                });
        assertEquals(rest, RequestPath.isRest(request));
    }
}
