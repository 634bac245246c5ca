package org.reelcast.boot;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.reelcast.config.SettingsException;

/** The machine's own name: Payara looks up its address as it starts, and does not start without one. */
final class HostName {

    private HostName() {}

    /** {@link InetAddress#getLocalHost}. */
    interface Lookup {
        InetAddress localHost() throws UnknownHostException;
    }

    /** @throws SettingsException when the name has no address, as in some containers */
    static void check(Lookup lookup) throws SettingsException {
        try {
            lookup.localHost();
        } catch (UnknownHostException e) {
            String name = e.getMessage().split(":", 2)[0];
            throw new SettingsException("This machine is called " + name + ", and no address is known by that name: "
                    + "write the line \"127.0.1.1 " + name + "\" into /etc/hosts, and start it again");
        }
    }
}
