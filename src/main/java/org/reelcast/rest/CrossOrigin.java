package org.reelcast.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;

/**
 * Tells browsers that pages of other origins may call, where {@link AccessRules} lets them, by WCS's
 * {@code rest_access_control_allow_*} settings; answers preflights.
 */
@Provider
@PreMatching
public class CrossOrigin implements ContainerRequestFilter, ContainerResponseFilter {
    private final Settings settings = Settings.load();
    private final AccessRules doors = AccessRules.of(settings);

    /** For the container. */
    public CrossOrigin() {}

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getMethod().equals("OPTIONS")) {
            request.abortWith(Response.ok().build());
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        String origin = request.getHeaderString("Origin");
        if (origin == null
                || !doors.mayCall(origin, request.getUriInfo().getRequestUri().getAuthority())) {
            return;
        }
        MultivaluedMap<String, Object> headers = response.getHeaders();
        headers.putSingle("Access-Control-Allow-Origin", origin);
        headers.add("Vary", "Origin");
        headers.putSingle("Access-Control-Allow-Headers", settings.get(Keys.REST_ACCESS_CONTROL_ALLOW_HEADERS));
        headers.putSingle("Access-Control-Allow-Methods", settings.get(Keys.REST_ACCESS_CONTROL_ALLOW_METHODS));
    }
}
