package org.reelcast.output.push;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import org.reelcast.config.HostNames;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;
import org.reelcast.loop.Blocking;
import org.reelcast.refusal.Refusal;
import org.reelcast.sharing.OwnNetworks;

/**
 * What holds for all pushes.
 *
 * @param prefix         of names at RTMP servers
 * @param outside        whether an address is one of the internet, beyond all networks of this machine
 * @param allowed        hosts that may have other addresses, too
 * @param timeoutMs      that a server may take for anything
 * @param verifies       whether somebody has to vouch for RTMPS servers
 * @param ownAuthorities certificates (PEM) of those who may; empty: whom Java trusts
 */
record PushRules(
        String prefix,
        Predicate<InetAddress> outside,
        HostNames allowed,
        long timeoutMs,
        boolean verifies,
        Optional<Path> ownAuthorities) {
    /** Pushes at a time: each may hold a thread for as long as its server is silent. */
    static final int MOST = 64;

    /** @throws IOException when this machine's own address is none */
    static PushRules of(Settings settings) throws IOException {
        String ip = settings.get(Keys.IP).strip();
        return new PushRules(
                settings.get(Keys.RTMP_TRANSPONDER_STREAM_NAME_PREFIX),
                new OwnNetworks(ip.isEmpty() ? null : InetAddress.getByName(ip))::isOutside,
                new HostNames(settings.get(Keys.RTMP_PUSH_ALLOWED_HOSTS)),
                settings.get(Keys.RTMP_PUSH_TIMEOUT),
                settings.get(Keys.RTMPS_VERIFY),
                settings.get(Keys.RTMPS_CA_FILE));
    }

    /**
     * Where that server is, looked up now. FFmpeg would look it up in a call that nothing can end, and once more
     * later, when it may be somewhere else.
     *
     * @throws Refusal when no address is known, or one that nothing is pushed to
     */
    @Blocking
    InetAddress place(PushTarget target) throws Refusal {
        String host = target.host().replaceAll("^\\[|]$", "");
        InetAddress[] places;
        try {
            places = InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw PushTarget.bad("No address is known of the host " + host);
        }
        for (InetAddress place : places) {
            if (!outside.test(place) && !allowed.contain(host)) {
                throw PushTarget.bad("The host " + host + " is " + place.getHostAddress()
                        + ", which is no address of the internet: list it in rtmp_push_allowed_hosts to push to it");
            }
        }
        return places[0];
    }

    /** Certificates (PEM) of those who may vouch for that server; empty: nobody has to. */
    Optional<Path> authorities(PushTarget target) throws IOException {
        if (!verifies || !target.isTls()) {
            return Optional.empty();
        }
        return Optional.of(ownAuthorities.isPresent() ? ownAuthorities.get() : TrustedAuthorities.file());
    }
}
