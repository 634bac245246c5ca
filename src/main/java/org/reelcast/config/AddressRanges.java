package org.reelcast.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Some IP addresses, each alone or as a range: {@code 203.0.113.7,10.0.0.0/8,2001:db8::/32}. */
public final class AddressRanges {
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(%[\\w.-]+)?");

    private record Range(byte[] prefix, int bits) {

        private boolean contains(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            for (int i = 0; i < bits; i++) {
                int mask = 0x80 >> i % 8;
                if ((address[i / 8] & mask) != (prefix[i / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private final String text;
    private final List<Range> ranges = new ArrayList<>();

    private AddressRanges(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException when it is no such list */
    public static AddressRanges parse(String text) {
        AddressRanges all = new AddressRanges(text);
        for (String part : text.split(",")) {
            if (!part.isBlank()) {
                all.ranges.add(range(part.trim()));
            }
        }
        return all;
    }

    private static Range range(String text) {
        int slash = text.indexOf('/');
        String digits = slash < 0 ? text : text.substring(0, slash);
        if (!isAddress(digits)) {
            throw new IllegalArgumentException(text);
        }
        byte[] prefix;
        try {
            prefix = InetAddress.getByName(digits).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
        int bits = slash < 0 ? 8 * prefix.length : Integer.parseInt(text.substring(slash + 1));
        if (bits < 0 || bits > 8 * prefix.length) {
            throw new IllegalArgumentException(text);
        }
        return new Range(prefix, bits);
    }

    /** Whether it is an address in digits. */
    static boolean isAddress(String text) {
        if (!ADDRESS.matcher(text).matches()) {
            return false;
        }
        try {
            // digits only, so this asks no name server
            InetAddress.getByName(text);
            return text.indexOf(':') >= 0 || text.chars().filter(c -> c == '.').count() == 3;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressRanges ranges && ranges.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }

    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** Whether it is one of them. */
    public boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        return ranges.stream().anyMatch(range -> range.contains(bytes));
    }
}
