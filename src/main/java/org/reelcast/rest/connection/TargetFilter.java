package org.reelcast.rest.connection;

import java.nio.charset.StandardCharsets;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.util.DataChunk;
import org.glassfish.grizzly.http.util.HttpStatus;
import org.glassfish.grizzly.memory.Buffers;

/**
 * Stands between HTTP's codec and the container: refuses requests whose path has a percent sign without two hexadecimal
 * digits behind it (RFC 3986 section 2.1). The container answers those with 200 and nothing, and logs a page of text.
 */
final class TargetFilter extends BaseFilter {
    private static final String SENTENCE = "The address has a % without two hexadecimal digits behind it.\n";

    @Override
    public NextAction handleRead(FilterChainContext context) {
        if (context.getMessage() instanceof HttpContent content
                && content.getHttpHeader() instanceof HttpRequestPacket request
                && !isWellFormed(request.getRequestURIRef().getRequestURIBC())) {
            // what may come behind it is not read
            request.getProcessingState().setKeepAlive(false);
            context.write(refusal(request.getResponse(), context));
            return context.getStopAction();
        }
        return context.getInvokeAction();
    }

    private static HttpContent refusal(HttpResponsePacket response, FilterChainContext context) {
        Buffer sentence = Buffers.wrap(context.getMemoryManager(), SENTENCE, StandardCharsets.US_ASCII);
        HttpStatus.BAD_REQUEST_400.setValues(response);
        response.setContentLength(sentence.remaining());
        response.setContentType("text/plain; charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        // players on pages of anywhere ask for films here, and are told what is wrong
        response.setHeader("Access-Control-Allow-Origin", "*");
        return response.httpContentBuilder().content(sentence).last(true).build();
    }

    private static boolean isWellFormed(DataChunk path) {
        return path.indexOf('%', 0) < 0 || isWellFormed(path.toString());
    }

    static boolean isWellFormed(String path) {
        for (int at = path.indexOf('%'); at >= 0; at = path.indexOf('%', at + 1)) {
            if (at + 2 >= path.length()
                    || Character.digit(path.charAt(at + 1), 16) < 0
                    || Character.digit(path.charAt(at + 2), 16) < 0) {
                return false;
            }
        }
        return true;
    }
}
