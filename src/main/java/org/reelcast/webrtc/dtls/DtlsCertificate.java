package org.reelcast.webrtc.dtls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * A self-made ECDSA P-256 certificate, known to the other side by its fingerprint alone (RFC 8827 section 6.5). Made
 * once a process and shared by all its connections.
 */
public final class DtlsCertificate {
    private static final Duration LIFE = Duration.ofDays(365);

    private final AsymmetricKeyParameter key;
    private final byte[] der;
    private final Certificate chain;

    private DtlsCertificate(AsymmetricKeyParameter key, byte[] der, Certificate chain) {
        this.key = key;
        this.der = der;
        this.chain = chain;
    }

    /** A new key on P-256 and a certificate that it signs itself. */
    public static DtlsCertificate create(SecureRandom random) {
        try {
            // with arithmetic of its own, several times faster than that for any curve
            X9ECParameters curve = CustomNamedCurves.getByOID(X9ObjectIdentifiers.prime256v1);
            ECKeyPairGenerator generator = new ECKeyPairGenerator();
            generator.init(new ECKeyGenerationParameters(
                    new ECNamedDomainParameters(X9ObjectIdentifiers.prime256v1, curve), random));
            AsymmetricCipherKeyPair pair = generator.generateKeyPair();
            byte[] der = selfSigned(pair, random).getEncoded();
            TlsCertificate certificate = new BcTlsCrypto(random).createCertificate(der);
            return new DtlsCertificate(pair.getPrivate(), der, new Certificate(new TlsCertificate[] {certificate}));
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException("Cannot make a certificate for DTLS", e);
        }
    }

    private static X509CertificateHolder selfSigned(AsymmetricCipherKeyPair pair, SecureRandom random)
            throws IOException, OperatorCreationException {
        var algorithm = new DefaultSignatureAlgorithmIdentifierFinder().find("SHA256withECDSA");
        var digest = new DefaultDigestAlgorithmIdentifierFinder().find(algorithm);
        X500Name name = new X500Name("CN=reelcast");
        Instant now = Instant.now();
        // the day before: clients' clocks are not all right
        return new X509v3CertificateBuilder(
                        name,
                        new BigInteger(64, random).setBit(0),
                        Date.from(now.minus(Duration.ofDays(1))),
                        Date.from(now.plus(LIFE)),
                        name,
                        SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(pair.getPublic()))
                .build(new BcECContentSignerBuilder(algorithm, digest).build(pair.getPrivate()));
    }

    /** The certificate in DER, for its fingerprint. */
    public byte[] der() {
        return der.clone();
    }

    AsymmetricKeyParameter key() {
        return key;
    }

    Certificate chain() {
        return chain;
    }
}
