package org.reelcast.boot;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A key on P-256 and a certificate that it signs for itself (RFC 5280): what an installation uses until it is given a
 * certificate that browsers know.
 */
record SelfSigned(PrivateKey key, X509Certificate certificate) {
    private static final String ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";
    /** As long as browsers let certificates of authorities last; Apple's devices take none over 825 days. */
    static final Duration LIFE = Duration.ofDays(397);

    /**
     * A new key, and a certificate from now on.
     *
     * @param names DNS names and IP addresses in digits that the certificate is for; the first is its subject
     */
    static SelfSigned create(Set<String> names, Instant now) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        byte[] algorithm = Der.sequence(Der.oid(ECDSA_WITH_SHA256));
        byte[] name = Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.utf8(names.iterator().next()))));
        ZonedDateTime from = now.atZone(ZoneOffset.UTC).minusDays(1);
        // a day back: the clocks of viewers are not all right; RFC 5280 section 4.1.2.5 wants UTCTime before 2050,
        // GeneralizedTime is what every reader takes as well
        byte[] validity = Der.sequence(Der.time(from), Der.time(from.plus(LIFE)));
        byte[] body = Der.sequence(
                Der.value(0xa0, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(127, new SecureRandom()).setBit(126)),
                algorithm, name, validity, name, pair.getPublic().getEncoded(),
                Der.value(0xa3, Der.sequence(
                        extension("2.5.29.17", false, alternativeNames(names)),
                        extension("2.5.29.19", true, Der.sequence()),
                        extension("2.5.29.37", false, Der.sequence(Der.oid("1.3.6.1.5.5.7.3.1"))))));
        Signature signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(pair.getPrivate());
        signer.update(body);
        byte[] encoded = Der.sequence(body, algorithm, Der.bits(signer.sign()));
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(encoded));
        return new SelfSigned(pair.getPrivate(), certificate);
    }

    /** {@code localhost}, the machine's name and all its addresses. */
    static Set<String> namesOfThisMachine() {
        Set<String> names = new LinkedHashSet<>(List.of("localhost"));
        try {
            String host = InetAddress.getLocalHost().getHostName();
            if (host.matches("[A-Za-z0-9.-]{1,253}")) {
                names.add(host);
            }
        } catch (UnknownHostException e) {
            // a machine without a name is fine
        }
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLinkLocalAddress())
                    .forEach(address -> names.add(address.getHostAddress().replaceFirst("%.*", "")));
        } catch (SocketException e) {
            names.add("127.0.0.1");
        }
        return names;
    }

    private static byte[] extension(String oid, boolean critical, byte[] content) {
        return critical
                ? Der.sequence(Der.oid(oid), Der.bool(true), Der.octets(content))
                : Der.sequence(Der.oid(oid), Der.octets(content));
    }

    private static byte[] alternativeNames(Set<String> names) {
        List<byte[]> entries = new ArrayList<>();
        for (String name : names) {
            boolean address = name.indexOf(':') >= 0 || name.matches("[0-9.]+");
            try {
                entries.add(address
                        ? Der.value(0x87, InetAddress.getByName(name).getAddress())
                        : Der.value(0x82, name.getBytes(StandardCharsets.US_ASCII)));
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(name, e);
            }
        }
        return Der.sequence(entries.toArray(byte[][]::new));
    }
}
