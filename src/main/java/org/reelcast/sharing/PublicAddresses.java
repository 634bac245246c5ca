package org.reelcast.sharing;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import org.reelcast.bitstream.BigEndian;

/**
 * Tells addresses of the public internet from all others: this machine, private networks, links, clouds' metadata
 * services, multicast and what the registries of special purpose addresses hold (RFC 6890).
 */
public final class PublicAddresses {
    /** Each as address and prefix length. */
    private static final int[][] SPECIAL_IPV4 = {
        {0, 0, 0, 0, 8}, {10, 0, 0, 0, 8}, {100, 64, 0, 0, 10}, {127, 0, 0, 0, 8}, {169, 254, 0, 0, 16},
        {172, 16, 0, 0, 12}, {192, 0, 0, 0, 24}, {192, 0, 2, 0, 24}, {192, 88, 99, 0, 24}, {192, 168, 0, 0, 16},
        {198, 18, 0, 0, 15}, {198, 51, 100, 0, 24}, {203, 0, 113, 0, 24}, {224, 0, 0, 0, 4}, {240, 0, 0, 0, 4},
        // a cloud's metadata service that has a public address
        {168, 63, 129, 16, 32},
    };

    private PublicAddresses() {}

    public static boolean isPublic(InetAddress address) {
        if (address instanceof Inet4Address) {
            return isPublic(BigEndian.i32(address.getAddress(), 0));
        }
        return address instanceof Inet6Address && isPublicIpv6(address.getAddress());
    }

    private static boolean isPublic(int ipv4) {
        for (int[] special : SPECIAL_IPV4) {
            int network = special[0] << 24 | special[1] << 16 | special[2] << 8 | special[3];
            int mask = -1 << 32 - special[4];
            if ((ipv4 & mask) == network) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPublicIpv6(byte[] b) {
        int first = BigEndian.u16(b, 0);
        int second = BigEndian.u16(b, 2);
        // 64:ff9b::/96 leads to the IPv4 address at its end (RFC 6052), 64:ff9b:1::/48 to private ones (RFC 8215)
        if (first == 0x0064 && second == 0xff9b) {
            for (int i = 4; i < 12; i++) {
                if (b[i] != 0) {
                    return false;
                }
            }
            return isPublic(BigEndian.i32(b, 12));
        }
        // 6to4 carries the IPv4 address (RFC 3056)
        if (first == 0x2002) {
            return isPublic(BigEndian.i32(b, 2));
        }
        // 2001::/23 holds Teredo and other special ones (RFC 2928), 2001:db8::/32 and 3fff::/20 are for examples
        boolean special =
                first == 0x2001 && (second < 0x0200 || second == 0x0db8) || first == 0x3fff && second < 0x1000;
        // what is global unicast so far is all in 2000::/3
        return (first & 0xe000) == 0x2000 && !special;
    }
}
