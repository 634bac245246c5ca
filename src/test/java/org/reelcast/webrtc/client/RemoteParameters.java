package org.reelcast.webrtc.client;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import org.reelcast.webrtc.sdp.Fingerprint;

/** What a client must know from an answer. */
public record RemoteParameters(
        String ufrag,
        String password,
        String fingerprint,
        InetSocketAddress address,
        int audioType,
        int videoType,
        int rtxType) {

    /** Takes the loopback candidate, else the last. @param answer or an offer, of a server */
    public static RemoteParameters of(String answer) {
        List<String> lines = answer.lines().toList();
        InetSocketAddress address = null;
        for (String line : lines) {
            if (line.startsWith("a=candidate:")) {
                String[] fields = line.split(" ");
                address = new InetSocketAddress(fields[4], Integer.parseInt(fields[5]));
                if (address.getAddress().isLoopbackAddress()) {
                    break;
                }
            }
        }
        return new RemoteParameters(
                value(lines, "a=ice-ufrag:"),
                value(lines, "a=ice-pwd:"),
                value(lines, "a=fingerprint:sha-256 "),
                address,
                type(lines, "opus/48000"),
                type(lines, "h264/90000"),
                type(lines, "rtx/90000"));
    }

    private static String value(List<String> lines, String prefix) {
        return lines.stream()
                .filter(line -> line.startsWith(prefix))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The answer has no " + prefix))
                .substring(prefix.length());
    }

    private static int type(List<String> lines, String encoding) {
        return lines.stream()
                .filter(line -> line.startsWith("a=rtpmap:"))
                .map(line -> line.substring(9).toLowerCase(Locale.ROOT).split(" "))
                .filter(fields -> fields[1].startsWith(encoding))
                .mapToInt(fields -> Integer.parseInt(fields[0]))
                .findFirst()
                .orElse(-1);
    }

    public boolean isCertificate(byte[] der) {
        return ("sha-256 " + fingerprint).equals(Fingerprint.sha256(der).toString());
    }
}
