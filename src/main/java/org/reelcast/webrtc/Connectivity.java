package org.reelcast.webrtc;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.reelcast.loop.OnLoop;
import org.reelcast.webrtc.ice.BindingRequests;
import org.reelcast.webrtc.ice.IceLiteAgent;
import org.reelcast.webrtc.ice.StunWriter;
import org.reelcast.webrtc.udp.UdpPort;

/**
 * A peer's ways through the network: its checks are answered, ours are made, and nothing but these goes to an address
 * that is not proved.
 */
@OnLoop
final class Connectivity {
    /** Datagrams of a handshake that wait until their address is proved; a flight has one or two. */
    private static final int MAX_HELD_BACK = 16;

    private final PacketReceiver peer;
    private final UdpPort port;
    private final PeerTable table;
    private final IceLiteAgent ice;
    private final BindingRequests requests;
    private final List<byte[]> heldBack = new ArrayList<>(2);
    private InetSocketAddress heldBackFor;

    /** @param peer whose addresses they are */
    Connectivity(PeerFactory parts, PacketReceiver peer) {
        this.peer = peer;
        this.port = parts.port();
        this.table = parts.table();
        this.ice = parts.ice();
        this.requests = parts.requests();
    }

    /** Takes a datagram that looks like STUN. @return whether the peer has said it; requests may be due then */
    boolean received(InetSocketAddress from, byte[] b, int length, long nowUs) {
        if (requests.isAnswered(b, 0, length, from)) {
            proved(from, nowUs);
            return true;
        }
        IceLiteAgent.Result result = ice.receive(b, 0, length, from, nowUs);
        if (result != IceLiteAgent.Result.IGNORED) {
            port.send(ice.response().array(), 0, ice.response().length(), from);
        }
        if (result != IceLiteAgent.Result.VALID) {
            return false;
        }
        if (ice.dropped() != null) {
            table.unmap(ice.dropped(), peer);
        }
        table.claim(from, peer, nowUs);
        return true;
    }

    private void proved(InetSocketAddress from, long nowUs) {
        ice.answered(from, nowUs);
        table.map(from, peer);
        if (from.equals(heldBackFor)) {
            heldBack.forEach(datagram -> port.send(datagram, 0, datagram.length, from));
            heldBack.clear();
        }
    }

    /** Sends the requests that are due. */
    void sendRequests(long nowUs) {
        for (InetSocketAddress to = ice.nextRequest(nowUs); to != null; to = ice.nextRequest(nowUs)) {
            StunWriter request = requests.next(to);
            port.send(request.array(), 0, request.length(), to);
        }
    }

    /** Sends a datagram of the handshake, as soon as the address is proved. */
    void sendHandshake(byte[] datagram, InetSocketAddress to) {
        if (ice.isProved(to)) {
            port.send(datagram, 0, datagram.length, to);
        } else if (heldBack.size() < MAX_HELD_BACK) {
            heldBackFor = to;
            heldBack.add(datagram);
        }
    }

    /** Where media goes, null until an address is proved. */
    InetSocketAddress selected() {
        return ice.selected();
    }

    /** Whether media may go there: it pauses five seconds after the last word of the peer. */
    boolean hasConsent(long nowUs) {
        return ice.hasConsent(nowUs);
    }

    /** Whether the peer was heard from that address a short time ago. */
    boolean isHeard(InetSocketAddress address, long nowUs) {
        return ice.isHeard(address, nowUs);
    }

    /** Whether a good check ever came. */
    boolean hasBeenChecked() {
        return ice.hasBeenChecked();
    }

    /** When to give up unless there is another word of the peer. */
    long deadlineUs() {
        return ice.deadlineUs();
    }

    /** When {@link #sendRequests} is to be called. */
    long requestDueUs() {
        return ice.requestDueUs();
    }

    /** The addresses are no longer the peer's. */
    void release() {
        for (InetSocketAddress address : ice.addresses()) {
            table.unmap(address, peer);
        }
    }
}
