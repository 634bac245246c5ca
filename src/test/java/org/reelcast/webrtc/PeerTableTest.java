package org.reelcast.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.reelcast.webrtc.ice.StunHmac;
import org.reelcast.webrtc.ice.StunMessage;
import org.reelcast.webrtc.ice.StunWriter;
import org.reelcast.webrtc.udp.DatagramKind;

/** Whose datagrams are whose. */
class PeerTableTest {
    private static final InetSocketAddress A = new InetSocketAddress("192.0.2.1", 1000);
    private static final byte[] RTP = {(byte) 0x80, 96, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1};

    private final PeerTable table = new PeerTable();
    private final Recorder first = new Recorder("first");
    private final Recorder second = new Recorder("second");

    private final class Recorder implements PacketReceiver {
        private final List<DatagramKind> got = new ArrayList<>();
        private boolean heard = true;

        private Recorder(String ufrag) {
            table.expect();
            table.add(ufrag, this);
        }

        @Override
        public void received(DatagramKind kind, InetSocketAddress from, byte[] b, int length, long nowUs) {
            got.add(kind);
        }

        @Override
        public boolean isHeard(InetSocketAddress address, long nowUs) {
            return heard;
        }

        @Override
        public void close() {
            table.unmap(A, this);
        }
    }

    private void media() {
        table.received(A, RTP, RTP.length, 0);
    }

    private void answer() {
        byte[] request =
                new StunWriter().bindingRequest(new byte[12]).fingerprint().array();
        StunMessage message = new StunMessage();
        message.parse(request, 0, 28);
        // with the name of the request, as libnice has it
        StunWriter answer = new StunWriter()
                .bindingSuccess(message)
                .username("client:server")
                .integrity(new StunHmac("x"))
                .fingerprint();
        table.received(A, answer.array(), answer.length(), 0);
    }

    @Test
    void addressThatNobodyUsesIsWhoSaysSo() {
        table.claim(A, first, 0);
        media();
        assertEquals(List.of(DatagramKind.RTP), first.got);
    }

    @Test
    void addressOfALivingPeerStaysItsOwn() {
        table.claim(A, first, 0);
        table.claim(A, second, 0);
        media();
        assertEquals(List.of(DatagramKind.RTP), first.got);
        assertEquals(List.of(), second.got);
    }

    @Test
    void whoProvesThatTheAddressIsHisHasIt() {
        table.claim(A, first, 0);
        table.claim(A, second, 0);
        answer();
        assertEquals(List.of(DatagramKind.STUN), first.got, "an answer may be either's");
        assertEquals(List.of(DatagramKind.STUN), second.got);
        table.map(A, second);
        media();
        assertEquals(List.of(DatagramKind.STUN, DatagramKind.RTP), second.got);
        assertEquals(1, table.addresses());
    }

    @Test
    void silentPeerLosesItsAddress() {
        table.claim(A, first, 0);
        first.heard = false;
        table.claim(A, second, 0);
        media();
        assertEquals(List.of(DatagramKind.RTP), second.got);
    }

    /** RFC 5952 sections 4 and 6. */
    @Test
    void logNamesAnAddressInTheShortForm() {
        List<String> lines = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger log = Logger.getLogger(PeerTable.class.getName());
        Level before = log.getLevel();
        log.setLevel(Level.FINE);
        log.addHandler(handler);
        try {
            table.received(new InetSocketAddress("fd77:0:0:0:0:0:0:2", 53422), RTP, RTP.length, 0);
        } finally {
            log.removeHandler(handler);
            log.setLevel(before);
        }
        assertEquals(List.of("Datagrams that belong to no viewer: 1, the last from [fd77::2]:53422"), lines);
    }

    @Test
    void nothingIsKeptOfThoseWhoGo() {
        table.claim(A, first, 0);
        table.claim(A, second, 0);
        second.close();
        first.close();
        assertEquals(0, table.addresses());
    }
}
