package org.reelcast.storage.s3;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.refusal.Refusal;
import org.reelcast.sharing.PublicAddresses;

class EndpointPolicyTest {

    private static S3Endpoint at(String host, int port) {
        return new S3Endpoint(true, host, port);
    }

    @Test
    void awsIsTrusted_othersByTheListAlone() {
        EndpointPolicy policy =
                new EndpointPolicy(Optional.empty(), " minio.local:9000, *.Example.com ,10.0.0.?", false);
        assertTrue(policy.trusts(at("s3.eu-central-1.amazonaws.com", 443)));
        assertTrue(policy.trusts(at("minio.local", 9000)));
        assertTrue(policy.trusts(at("MINIO.local", 9000)));
        assertFalse(policy.trusts(at("minio.local", 9001)));
        assertFalse(policy.trusts(at("xminio.local", 9000)));
        assertTrue(policy.trusts(at("a.b.example.com", 1234)));
        assertFalse(policy.trusts(at("example.com", 443)));
        assertFalse(policy.trusts(at("a.example.com.evil.org", 443)));
        assertFalse(policy.trusts(at("aXexampleXcom", 443)));
        assertTrue(policy.trusts(at("10.0.0.7", 80)));
        assertFalse(policy.trusts(at("10.0.0.77", 80)));
        assertFalse(new EndpointPolicy(Optional.empty(), "", false).trusts(at("ams3.digitaloceanspaces.com", 443)));
    }

    @Test
    void storeOfTheSettings_isTrustedAtItsPort() {
        EndpointPolicy policy = new EndpointPolicy(Optional.of(at("minio.local", 9000)), "", true);
        assertTrue(policy.trusts(at("minio.local", 9000)));
        assertFalse(policy.trusts(at("minio.local", 22)));
    }

    @Test
    void onlyAllowed_closesToTheList() {
        EndpointPolicy open = new EndpointPolicy(Optional.empty(), "minio.local", false);
        EndpointPolicy closed = new EndpointPolicy(Optional.empty(), "minio.local", true);
        assertDoesNotThrow(() -> open.check(at("ams3.digitaloceanspaces.com", 443)));
        assertDoesNotThrow(() -> closed.check(at("minio.local", 9000)));
        assertDoesNotThrow(() -> closed.check(at("s3.amazonaws.com", 443)));
        Refusal refused = assertThrows(Refusal.class, () -> closed.check(at("ams3.digitaloceanspaces.com", 443)));
        assertEquals("Failed to read file", refused.info());
        assertTrue(refused.getMessage().contains("s3_allowed_endpoints"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.8.8",
                "0.0.0.0",
                "0.1.2.3",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.100.100.200",
                "192.0.0.192",
                "192.0.2.1",
                "198.18.0.1",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255",
                "168.63.129.16",
                "::",
                "::1",
                "fe80::1",
                "fec0::1",
                "fc00::1",
                "fd00:ec2::254",
                "ff02::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::1",
                "2002:7f00:1::",
                "2002:a00:1::1",
                "2001:db8::1",
                "2001::1",
                "2001:10::1",
                "3fff::1",
                "100::1",
                "::2"
            })
    void addressInside_isNotPublic(String address) throws UnknownHostException {
        assertFalse(PublicAddresses.isPublic(InetAddress.getByName(address)), address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "1.1.1.1",
                "100.63.255.255",
                "100.128.0.1",
                "172.15.0.1",
                "172.32.0.1",
                "169.253.1.1",
                "192.0.1.1",
                "198.20.0.1",
                "223.255.255.1",
                "168.63.129.17",
                "2606:4700::1111",
                "2a00:1450::1",
                "64:ff9b::808:808",
                "2002:808:808::1",
                "2001:4860:4860::8888"
            })
    void addressOfTheInternet_isPublic(String address) throws UnknownHostException {
        assertTrue(PublicAddresses.isPublic(InetAddress.getByName(address)), address);
    }

    @Test
    void addressWrittenOddly_isWhatItMeans() throws UnknownHostException {
        // what a name may look like and Java takes for an address
        assertFalse(PublicAddresses.isPublic(InetAddress.getByName("2130706433")));
        assertFalse(PublicAddresses.isPublic(InetAddress.getByName("127.1")));
    }
}
