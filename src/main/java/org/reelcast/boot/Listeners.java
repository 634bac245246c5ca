package org.reelcast.boot;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.reelcast.config.Keys;
import org.reelcast.config.Setting;
import org.reelcast.config.Settings;
import org.reelcast.config.SettingsException;

/** The six TCP listeners, from the settings to commands for Payara Micro. */
final class Listeners {
    private static final String NETWORK = "configs.config.server-config.network-config.";

    /** @param name Payara's; the first two are there from the start, the others are to be created */
    private record Listener(String name, boolean existing, Setting<Integer> port, boolean tls) {

        /** Serves HLS, on its own port or in a folder. */
        boolean hls() {
            return !existing;
        }
    }

    private static final List<Listener> ALL = List.of(
            new Listener("http-listener", true, Keys.WS_PORT, false),
            new Listener("https-listener", true, Keys.WSS_PORT, true),
            new Listener("pages", false, Keys.HTTP_PORT, false),
            new Listener("pages-tls", false, Keys.HTTPS_PORT, true),
            new Listener("hls", false, Keys.HLS_PORT, false),
            new Listener("hls-tls", false, Keys.HLS_HTTPS_PORT, true));

    private Listeners() {}

    /** @throws SettingsException when a port cannot be opened: the sentence says which and why */
    static void checkFree(Settings settings) {
        String address = settings.get(Keys.LISTEN_ADDRESS);
        for (Listener listener : ALL) {
            int port = settings.get(listener.port());
            if (port == 0) {
                continue;
            }
            try (ServerSocket socket = new ServerSocket()) {
                // as the listener does it: a port that only lingers after a restart is free
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
            } catch (BindException e) {
                throw new SettingsException(
                        "TCP port " + port + " (" + listener.port().name() + ") on " + address
                                + " cannot be opened: " + e.getMessage()
                                + ". Another program may have it (another Reelcast?);"
                                + " stop that, or set " + listener.port().name() + " to another port.",
                        e);
            } catch (IOException e) {
                throw new SettingsException(
                        "TCP port " + port + " (" + listener.port().name() + ") on " + address + " cannot be opened: "
                                + e.getMessage() + ".",
                        e);
            }
        }
    }

    /** Lines of a pre-boot command file. */
    static List<String> commands(Settings settings) {
        String address = settings.get(Keys.LISTEN_ADDRESS);
        List<String> lines = new ArrayList<>();
        for (Listener listener : ALL) {
            int port = settings.get(listener.port());
            String name = listener.name();
            String prefix = "set " + NETWORK + "network-listeners.network-listener." + name + ".";
            if (listener.existing()) {
                lines.add(prefix + "enabled=" + (port != 0));
                if (port != 0) {
                    lines.add(prefix + "port=" + port);
                    lines.add(prefix + "address=" + address);
                }
            } else if (port != 0) {
                lines.add("create-http-listener --listeneraddress " + address + " --listenerport " + port
                        + " --defaultvs server --securityenabled=" + listener.tls() + " " + name);
            }
            if (port != 0) {
                String protocol = "set " + NETWORK + "protocols.protocol." + name + ".";
                lines.add(protocol + "http.xpowered-by=false");
                lines.add(protocol + "http.server-header=false");
                // who may frame a page is the page's matter
                lines.add(protocol + "http.xframe-options=false");
                if (listener.hls()) {
                    // a stream's name may be a URI
                    lines.add(protocol + "http.encoded-slash-enabled=true");
                    // by TLS, answers that another thread writes got mixed up; without, after an upgrade of HTTP/1,
                    // long
                    // ones were cut off: one connection in a hundred ended by either
                    lines.add(protocol + "http.http2-enabled=false");
                }
                if (listener.tls()) {
                    lines.add(protocol + "ssl.cert-nickname=" + TlsKeystore.ALIAS);
                }
            }
        }
        return lines;
    }
}
