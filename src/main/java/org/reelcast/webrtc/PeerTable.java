package org.reelcast.webrtc;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Logger;
import org.reelcast.loop.AnyThread;
import org.reelcast.webrtc.ice.StunMessage;
import org.reelcast.webrtc.udp.DatagramHandler;
import org.reelcast.webrtc.udp.DatagramKind;

/**
 * The peers behind one socket: ICE checks find theirs by user name, all else by the address that is its own. An address
 * belongs to who has proved it; one that nobody uses to who says that it is his. What belongs to nobody is dropped and
 * counted. Lives on its loop.
 */
final class PeerTable implements DatagramHandler {
    private static final Logger LOG = Logger.getLogger(PeerTable.class.getName());
    private static final long LOG_INTERVAL_US = 60_000_000;

    private final Map<String, PacketReceiver> byUfrag = new HashMap<>();
    private final Map<InetSocketAddress, PacketReceiver> byAddress = new HashMap<>();
    /** Who says that another's address is his, and has not proved it; few or none. */
    private final Map<InetSocketAddress, PacketReceiver> claims = new HashMap<>();

    private final StunMessage message = new StunMessage();
    private final AtomicInteger peers = new AtomicInteger();
    private final LongAdder strangers = new LongAdder();
    private long strangersLogged;
    private long logAfterUs;

    @Override
    public void received(InetSocketAddress from, byte[] b, int length, long nowUs) {
        DatagramKind kind = DatagramKind.of(b, length);
        PacketReceiver peer = kind == DatagramKind.STUN ? checked(from, b, length, nowUs) : byAddress.get(from);
        if (peer == null || kind == DatagramKind.OTHER) {
            stranger(from, nowUs);
        } else {
            peer.received(kind, from, b, length, nowUs);
        }
    }

    /**
     * A request names its receiver; other STUN messages belong to whose address it is, or may be. (libnice repeats in
     * an answer the name that stands in the request.)
     */
    private PacketReceiver checked(InetSocketAddress from, byte[] b, int length, long nowUs) {
        String ufrag = message.parse(b, 0, length) && message.isBindingRequest() ? message.receiverUfrag() : null;
        if (ufrag != null) {
            return byUfrag.get(ufrag);
        }
        PacketReceiver claimant = claims.isEmpty() ? null : claims.get(from);
        if (claimant != null) {
            claimant.received(DatagramKind.STUN, from, b, length, nowUs);
        }
        return byAddress.get(from);
    }

    private void stranger(InetSocketAddress from, long nowUs) {
        strangers.increment();
        if (nowUs >= logAfterUs) {
            long count = strangers.sum();
            LOG.fine(() -> "Datagrams that belong to no viewer: " + (count - strangersLogged) + ", the last from "
                    + TrafficStatistics.address(from));
            strangersLogged = count;
            logAfterUs = nowUs + LOG_INTERVAL_US;
        }
    }

    /** Scratch for the loop's ICE agents. */
    StunMessage message() {
        return message;
    }

    /** Counts a peer whose {@link #add} is on its way to the loop. */
    @AnyThread
    void expect() {
        peers.incrementAndGet();
    }

    void add(String ufrag, PacketReceiver peer) {
        byUfrag.put(ufrag, peer);
    }

    void remove(String ufrag) {
        if (byUfrag.remove(ufrag) != null) {
            peers.decrementAndGet();
        }
    }

    /** The peer says that the address is its own: it is, unless another is there. */
    void claim(InetSocketAddress address, PacketReceiver peer, long nowUs) {
        PacketReceiver owner = byAddress.get(address);
        if (owner == null || owner != peer && !owner.isHeard(address, nowUs)) {
            map(address, peer);
        } else if (owner != peer) {
            claims.put(address, peer);
        }
    }

    /** The peer has proved that the address is its own. The newest proof wins: ports are used again. */
    void map(InetSocketAddress address, PacketReceiver peer) {
        byAddress.put(address, peer);
        claims.remove(address, peer);
    }

    void unmap(InetSocketAddress address, PacketReceiver peer) {
        byAddress.remove(address, peer);
        claims.remove(address, peer);
    }

    List<PacketReceiver> all() {
        return new ArrayList<>(byUfrag.values());
    }

    /** Number of peers. */
    @AnyThread
    int peers() {
        return peers.get();
    }

    int addresses() {
        return byAddress.size() + claims.size();
    }

    /** Datagrams that were nobody's. */
    @AnyThread
    long strangers() {
        return strangers.sum();
    }
}
