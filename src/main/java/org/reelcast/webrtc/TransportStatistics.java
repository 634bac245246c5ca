package org.reelcast.webrtc;

import org.reelcast.webrtc.udp.UdpPort;
import org.reelcast.webrtc.udp.UdpStatistics;

/**
 * What the transport holds and did, all loops together.
 *
 * @param peers         viewers and publishers expected or connected
 * @param addresses     remote addresses that belong to them
 * @param timers        deadlines that wait
 * @param ports         UDP ports open
 * @param handshakes    DTLS handshakes that have begun and are not done
 * @param strangers     datagrams received that belonged to nobody
 * @param datagramsSent to the kernel
 * @param sends         that carried them
 * @param sendErrors    sends that the kernel refused
 * @param dropped       datagrams not sent because the socket's queue was full or encryption refused
 */
public record TransportStatistics(
        int peers,
        int addresses,
        int timers,
        int ports,
        int handshakes,
        long strangers,
        long datagramsSent,
        long sends,
        long sendErrors,
        long dropped) {

    static TransportStatistics of(UdpPort port, PeerTable table) {
        UdpStatistics wire = port.statistics();
        return new TransportStatistics(
                table.peers(),
                table.addresses(),
                port.loop().deadlines(),
                0,
                0,
                table.strangers(),
                wire.datagramsSent(),
                wire.sends(),
                wire.sendErrors(),
                wire.notWritable() + wire.notProtected());
    }

    TransportStatistics plus(TransportStatistics other) {
        return new TransportStatistics(
                peers + other.peers,
                addresses + other.addresses,
                timers + other.timers,
                ports + other.ports,
                handshakes + other.handshakes,
                strangers + other.strangers,
                datagramsSent + other.datagramsSent,
                sends + other.sends,
                sendErrors + other.sendErrors,
                dropped + other.dropped);
    }
}
