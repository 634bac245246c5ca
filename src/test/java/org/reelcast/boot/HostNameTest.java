package org.reelcast.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.reelcast.config.SettingsException;

class HostNameTest {

    @Test
    void nameWithoutAnAddress_isSaidWithWhatHelps() {
        SettingsException refused = assertThrows(
                SettingsException.class,
                () -> HostName.check(() -> {
                    throw new UnknownHostException("box: box: Name or service not known");
                }));
        assertEquals(
                "This machine is called box, and no address is known by that name: "
                        + "write the line \"127.0.1.1 box\" into /etc/hosts, and start it again",
                refused.getMessage());
    }

    @Test
    void nameWithAnAddress_isFine() throws SettingsException {
        HostName.check(InetAddress::getLoopbackAddress);
    }
}
