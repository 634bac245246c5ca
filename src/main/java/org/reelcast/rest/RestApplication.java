package org.reelcast.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** WCS's REST API, all of it below {@code /rest-api}. */
@ApplicationPath("rest-api")
public class RestApplication extends Application {}
