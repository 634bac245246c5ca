package org.reelcast.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.reelcast.cluster.ClusterService;
import org.reelcast.cluster.SharedStream;
import org.reelcast.cluster.grid.Node;

/** {@code /rest-api/cluster}: the nodes. */
@Path("cluster")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ClusterResource {
    @Inject
    private ClusterService clusters;

    /** For the container. */
    public ClusterResource() {}

    /** All nodes that this one sees, the eldest first. */
    @POST
    @Path("find_all")
    public JsonArray findAll() {
        List<SharedStream> streams = clusters.cluster().streams().running();
        JsonArrayBuilder array = Json.createArrayBuilder();
        for (Node node : clusters.cluster().nodes()) {
            JsonArrayBuilder owned = Json.createArrayBuilder();
            streams.stream()
                    .filter(stream -> stream.owner().equals(node.id()))
                    .map(SharedStream::name)
                    .sorted()
                    .forEach(owned::add);
            JsonObjectBuilder json = Json.createObjectBuilder()
                    .add("node", node.id())
                    .add("address", node.address())
                    .add("self", node.self());
            clusters.clockOffsetUs(node.id()).ifPresent(us -> json.add("clockOffsetMs", us / 1000.0));
            JsonObjectBuilder jobs = Json.createObjectBuilder();
            clusters.cluster().jobCounts(node.id()).forEach(jobs::add);
            array.add(json.add("owns", owned).add("jobs", jobs));
        }
        return array.build();
    }

    /** The same. */
    @GET
    @Path("find_all")
    public JsonArray getAll() {
        return findAll();
    }
}
