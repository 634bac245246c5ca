package org.reelcast.cluster;

import java.net.URI;
import java.util.Optional;
import org.reelcast.cluster.grid.Node;

/** Where nodes reach one another by HTTP: at the address of the grid. */
public record HttpAddress(String host, int port) {
    /** Empty when the node takes no HTTP. */
    public static Optional<HttpAddress> of(Node node) {
        String host = node.address().substring(0, Math.max(0, node.address().lastIndexOf(':')));
        return ViewerAddress.of(node)
                .map(ViewerAddress::http)
                .filter(port -> port > 0 && !host.isEmpty())
                .map(port ->
                        new HttpAddress(host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host, port));
    }

    /** @param pathAndQuery as they are sent */
    public URI uri(String pathAndQuery) {
        return URI.create("http://" + host + ":" + port + pathAndQuery);
    }
}
