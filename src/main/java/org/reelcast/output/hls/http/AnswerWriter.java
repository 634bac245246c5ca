package org.reelcast.output.hls.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.rest.ByteRange;
import org.reelcast.rest.ContentCoding;

/** Writes an answer to whoever asked: ranges, compression, entity tags, cross-origin headers; no thread waits. */
public final class AnswerWriter {
    private static final Logger LOG = Logger.getLogger(AnswerWriter.class.getName());
    private static final int PIECE = 64 << 10;
    /** As long as a segment is played: there may be memory for the next one then. */
    private static final String RETRY_S = "2";

    private final HttpServletRequest request;
    private final HttpServletResponse response;

    public AnswerWriter(HttpServletRequest request, HttpServletResponse response) {
        this.request = request;
        this.response = response;
        // players of DASH set their clocks by it
        response.setDateHeader("Date", System.currentTimeMillis());
        response.setHeader("Access-Control-Allow-Origin", "*");
        response.setHeader("Access-Control-Expose-Headers", "Date, Content-Length, Content-Range, ETag");
        response.setHeader("X-Content-Type-Options", "nosniff");
    }

    /** Answers a browser that asks whether a page of another origin may ask (the Fetch standard, section 3.2.2). */
    public void preflight() {
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        response.setHeader("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS");
        response.setHeader("Access-Control-Allow-Headers", "Range, If-None-Match, Authorization");
        response.setHeader("Access-Control-Max-Age", "86400");
    }

    /** Writes a short answer at once. */
    public void write(HlsAnswer answer) throws IOException {
        Body body = head(answer);
        for (byte[] piece : body.pieces()) {
            response.getOutputStream().write(piece);
        }
    }

    /** Writes an answer as fast as it is taken, and ends the request. */
    public void write(AsyncContext async, HlsAnswer answer) {
        try {
            Body body = head(answer);
            if (body.length() == 0) {
                async.complete();
                return;
            }
            ServletOutputStream out = response.getOutputStream();
            out.setWriteListener(new Writing(async, out, body));
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.FINE, "A viewer of HLS is gone", e);
            async.complete();
        }
    }

    /** What of an answer's pieces is sent. @param skip bytes of the first piece that are not */
    private record Body(List<byte[]> pieces, long skip, long length) {
        private static final Body NONE = new Body(List.of(), 0, 0);
    }

    private Body head(HlsAnswer answer) {
        response.setHeader("Cache-Control", answer.cache());
        if (answer.isText()) {
            response.setHeader("ETag", answer.entityTag());
            response.setHeader("Vary", "Accept-Encoding");
            if (isKnown(answer.entityTag())) {
                response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
                return Body.NONE;
            }
        }
        response.setStatus(answer.status());
        if (answer.status() == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
            response.setHeader("Retry-After", RETRY_S);
        }
        response.setContentType(answer.mediaType());
        List<byte[]> pieces = answer.body();
        if (answer.isText() && ContentCoding.takesGzip(request.getHeader("Accept-Encoding"))) {
            response.setHeader("Content-Encoding", "gzip");
            pieces = List.of(answer.gzipped());
        }
        long size = pieces.stream().mapToLong(piece -> piece.length).sum();
        Body body = answer.isText() || answer.status() != HttpServletResponse.SC_OK
                ? new Body(pieces, 0, size)
                : ranged(pieces, size);
        response.setContentLengthLong(body.length());
        return request.getMethod().equals("HEAD") ? Body.NONE : body;
    }

    private Body ranged(List<byte[]> pieces, long size) {
        response.setHeader("Accept-Ranges", "bytes");
        ByteRange range = ByteRange.parse(request.getHeader("Range"), size).orElse(null);
        if (range == null) {
            return new Body(pieces, 0, size);
        }
        if (!range.isSatisfiable()) {
            HlsAnswer refusal = HlsAnswer.refusal(
                    HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE,
                    "The range begins behind the end of the " + size + " bytes that there are.");
            response.setStatus(refusal.status());
            response.setHeader("Content-Range", "bytes */" + size);
            response.setHeader("Cache-Control", refusal.cache());
            response.setContentType(refusal.mediaType());
            return new Body(refusal.body(), 0, refusal.size());
        }
        response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
        response.setHeader("Content-Range", "bytes " + range.first() + "-" + range.last() + "/" + size);
        return new Body(pieces, range.first(), range.length());
    }

    private boolean isKnown(String tag) {
        String known = request.getHeader("If-None-Match");
        return known != null && known.contains(tag);
    }

    /** Writes pieces whenever the connection takes some. */
    private static final class Writing implements WriteListener {
        private final AsyncContext async;
        private final ServletOutputStream out;
        private final List<byte[]> pieces;
        private long left;
        private int piece;
        private long at;

        Writing(AsyncContext async, ServletOutputStream out, Body body) {
            this.async = async;
            this.out = out;
            this.pieces = body.pieces();
            this.at = body.skip();
            this.left = body.length();
        }

        @Override
        public void onWritePossible() throws IOException {
            while (out.isReady()) {
                if (left == 0) {
                    async.complete();
                    return;
                }
                while (at >= pieces.get(piece).length) {
                    at -= pieces.get(piece++).length;
                }
                int count = (int) Math.min(left, Math.min(PIECE, pieces.get(piece).length - at));
                out.write(pieces.get(piece), (int) at, count);
                at += count;
                left -= count;
            }
        }

        @Override
        public void onError(Throwable failure) {
            LOG.log(Level.FINE, "A viewer of HLS is gone", failure);
            async.complete();
        }
    }
}
