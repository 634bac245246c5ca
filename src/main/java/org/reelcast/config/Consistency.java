package org.reelcast.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Values that are fine one by one and do not go together. */
final class Consistency {
    private static final List<Setting<Integer>> PORTS =
            List.of(Keys.WS_PORT, Keys.WSS_PORT, Keys.HTTP_PORT, Keys.HTTPS_PORT, Keys.HLS_PORT, Keys.HLS_HTTPS_PORT);

    private Consistency() {}

    /** Values to be checked. */
    interface Values {
        <T> T get(Setting<T> setting);

        /** Where the values come from, for messages. */
        String source();
    }

    static void check(Values settings) {
        int from = settings.get(Keys.MEDIA_PORT_FROM);
        int to = settings.get(Keys.MEDIA_PORT_TO);
        if (from > to) {
            throw refuse(settings, "media_port_from=" + from + " is above media_port_to=" + to + ".");
        }
        Map<Integer, String> taken = new HashMap<>();
        for (Setting<Integer> port : PORTS) {
            int number = settings.get(port);
            String other = number == 0 ? null : taken.put(number, port.name());
            if (other != null) {
                throw refuse(
                        settings,
                        other + " and " + port.name() + " are both " + number
                                + "; each needs a port of its own (0 = none).");
            }
        }
        boolean certificate = settings.get(Keys.TLS_CERTIFICATE_FILE).isPresent();
        boolean key = settings.get(Keys.TLS_KEY_FILE).isPresent();
        if (certificate != key) {
            throw refuse(
                    settings,
                    "tls_certificate_file and tls_key_file go together; "
                            + (certificate ? "tls_key_file" : "tls_certificate_file") + " is missing.");
        }
        if (certificate && settings.get(Keys.TLS_KEYSTORE_FILE).isPresent()) {
            throw refuse(settings, "Give tls_certificate_file and tls_key_file, or tls_keystore_file, not both.");
        }
    }

    private static SettingsException refuse(Values settings, String sentence) {
        return new SettingsException(settings.source() + ": " + sentence);
    }
}
