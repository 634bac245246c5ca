package org.reelcast.source.vod.list;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.reelcast.rest.LongCall;

/** {@code /rest-api/vod/list}: the films in the folder of films. Who may ask is {@code vod_list}'s to say. */
@Path("vod/list")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class FilmListResource {
    private static final int MOST = 500;

    @Inject
    private FilmListService service;

    /** For the container. */
    public FilmListResource() {}

    /**
     * A part of the list.
     *
     * @param folder whose films and subfolders
     * @param search text in the names, in all subfolders
     * @param near   instead: a name that is not there; the films with the names nearest to it
     * @param offset how many films are left out before
     * @param limit  how many are listed at most
     */
    @GET
    public CompletionStage<Response> list(
            @QueryParam("folder") @DefaultValue("") String folder,
            @QueryParam("search") @DefaultValue("") String search,
            @QueryParam("near") @DefaultValue("") String near,
            @QueryParam("offset") @DefaultValue("0") int offset,
            @QueryParam("limit") @DefaultValue("50") int limit) {
        return LongCall.on(service.executor(), () -> {
            FilmFolder.Films films = service.films();
            if (!near.isBlank()) {
                List<FilmEntry> nearest = FilmQuery.near(near, films.all());
                return Response.ok(json(List.of(), nearest, nearest.size(), films.complete()))
                        .build();
            }
            FilmQuery.Found found = new FilmQuery(folder, search).in(films.all());
            int from = Math.min(Math.max(0, offset), found.films().size());
            int to = (int) Math.min(found.films().size(), (long) from + Math.min(Math.max(0, limit), MOST));
            return Response.ok(json(
                            found.folders(),
                            found.films().subList(from, to),
                            found.films().size(),
                            films.complete()))
                    .build();
        });
    }

    private static JsonObject json(List<String> folders, List<FilmEntry> films, int total, boolean complete) {
        JsonArrayBuilder names = Json.createArrayBuilder(folders);
        JsonArrayBuilder entries = Json.createArrayBuilder();
        films.forEach(film -> entries.add(Json.createObjectBuilder()
                .add("name", film.name())
                .add("uri", film.uri())
                .add("bytes", film.bytes())
                .add("modified", film.modifiedMs())));
        return Json.createObjectBuilder()
                .add("folders", names)
                .add("films", entries)
                .add("total", total)
                .add("complete", complete)
                .build();
    }
}
