package org.reelcast.bench.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What went over the connections of some ports of this machine so far, as {@code ss} of iproute2 says; both ends are here,
 * so that what each has sent is all there is.
 *
 * @param segments with data: a message is one as a rule
 */
public record TcpTraffic(long bytes, long segments) {
    private static final Pattern BYTES = Pattern.compile("\\bbytes_sent:(\\d+)");
    private static final Pattern SEGMENTS = Pattern.compile("\\bdata_segs_out:(\\d+)");

    /** Of the connections that are there now. */
    public static TcpTraffic of(Collection<Integer> ports) throws IOException {
        String filter = ports.stream()
                .map(port -> "sport = :" + port + " or dport = :" + port)
                .collect(Collectors.joining(" or ", "( ", " )"));
        Process ss = new ProcessBuilder("ss", "-tinH", filter)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String text = new String(ss.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new TcpTraffic(sum(BYTES, text), sum(SEGMENTS, text));
    }

    private static long sum(Pattern field, String text) {
        return field.matcher(text).results().mapToLong(TcpTraffic::number).sum();
    }

    private static long number(MatchResult found) {
        return Long.parseLong(found.group(1));
    }

    public TcpTraffic since(TcpTraffic earlier) {
        return new TcpTraffic(bytes - earlier.bytes, segments - earlier.segments);
    }
}
