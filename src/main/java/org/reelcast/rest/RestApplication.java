package org.reelcast.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** WCS's REST API, all of it below {@code /rest-api}. */
@ApplicationPath("rest-api")
public class RestApplication extends Application {

    /** For the container. */
    public RestApplication() {}

    /** Without WADL: what the calls are is in openapi.json. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.wadl.disableWadl", true);
    }
}
