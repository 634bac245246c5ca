package org.reelcast.boot;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reelcast.config.SettingsException;

/** Reads certificates and keys in PEM (RFC 7468, and the older forms of keys that OpenSSL writes). */
final class PemFiles {
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
    /** AlgorithmIdentifier of rsaEncryption (RFC 8017 appendix A.1), in DER. */
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    /** The object identifier id-ecPublicKey (RFC 5480 section 2.1.1), in DER. */
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

    private static final byte[] VERSION_0 = {2, 1, 0};
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 4;

    private PemFiles() {}

    /** The certificates of {@code file}, the server's own first. */
    static Certificate[] certificates(Path file) {
        List<Certificate> chain = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Block block : blocks("tls_certificate_file", file)) {
                if (block.label().endsWith("CERTIFICATE")) {
                    chain.add(factory.generateCertificate(new ByteArrayInputStream(block.content())));
                }
            }
        } catch (SettingsException e) {
            throw e;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new SettingsException(
                    "tls_certificate_file: " + file + " holds a broken certificate: " + e.getMessage() + ".", e);
        }
        if (chain.isEmpty()) {
            throw new SettingsException("tls_certificate_file: " + file + " holds no certificate in PEM.");
        }
        return chain.toArray(Certificate[]::new);
    }

    /** The private key of {@code file}: PKCS#8, PKCS#1 (RSA) or SEC 1 (EC), not encrypted. */
    static PrivateKey privateKey(Path file) {
        byte[] curve = new byte[0];
        try {
            for (Block block : blocks("tls_key_file", file)) {
                switch (block.label()) {
                    case "PRIVATE KEY":
                        return key(block.content());
                    case "RSA PRIVATE KEY":
                        return key(wrap(RSA, block.content()));
                    case "EC PARAMETERS":
                        curve = block.content();
                        break;
                    case "EC PRIVATE KEY":
                        byte[] named = curve.length > 0 ? curve : curveOf(block.content());
                        return key(wrap(der(SEQUENCE, EC, named), block.content()));
                    case "ENCRYPTED PRIVATE KEY":
                        throw new SettingsException("tls_key_file: " + file + " is encrypted; give one that is not "
                                + "(openssl pkey -in " + file.getFileName() + " -out key.pem) or a tls_keystore_file.");
                    default:
                        break;
                }
            }
        } catch (GeneralSecurityException | IndexOutOfBoundsException e) {
            throw new SettingsException(
                    "tls_key_file: " + file + " holds a key that Java cannot read: " + e.getMessage() + ".", e);
        }
        throw new SettingsException("tls_key_file: " + file + " holds no private key in PEM.");
    }

    private record Block(String label, byte[] content) {}

    private static List<Block> blocks(String setting, Path file) {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw unreadable(setting, file, e);
        }
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            if (matcher.group(2).contains("ENCRYPTED")) {
                throw new SettingsException("The key in " + file + " is encrypted; give one that is not "
                        + "(openssl pkey -in " + file.getFileName() + " -out key.pem) or a tls_keystore_file.");
            }
            blocks.add(new Block(matcher.group(1), decode(file, matcher.group(2))));
        }
        return blocks;
    }

    /** Why a file that a setting names cannot be read, and what to do about it. */
    static SettingsException unreadable(String setting, Path file, IOException why) {
        if (why instanceof NoSuchFileException) {
            return new SettingsException(setting + ": there is no file " + file + ".", why);
        }
        if (why instanceof AccessDeniedException) {
            return new SettingsException(
                    setting + ": " + file + " may not be read by the user " + System.getProperty("user.name")
                            + ", as which the server runs. Let that user read it, or give it a copy.",
                    why);
        }
        return new SettingsException(setting + ": " + file + " cannot be read: " + why.getMessage() + ".", why);
    }

    private static byte[] decode(Path file, String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new SettingsException("The PEM in " + file + " is broken: " + e.getMessage() + ".", e);
        }
    }

    /** PrivateKeyInfo (RFC 5208 section 5). */
    private static byte[] wrap(byte[] algorithm, byte[] content) {
        return der(SEQUENCE, VERSION_0, algorithm, der(OCTETS, content));
    }

    /** Tag, length, then {@code contents} one after another (ITU-T X.690 section 8.1). */
    static byte[] der(int tag, byte[]... contents) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] one : contents) {
            content.writeBytes(one);
        }
        int length = content.size();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else {
            byte[] digits = BigInteger.valueOf(length).toByteArray();
            int sign = digits[0] == 0 ? 1 : 0;
            out.write(0x80 | digits.length - sign);
            out.write(digits, sign, digits.length - sign);
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    /** The curve that an ECPrivateKey names in its parameters (RFC 5915 section 3): version, key, then [0]. */
    private static byte[] curveOf(byte[] key) throws GeneralSecurityException {
        int version = 2 + (key[1] < 0 ? key[1] & 0x7f : 0);
        int octets = version + 3;
        int parameters = octets + 2 + key[octets + 1];
        if (parameters + 2 >= key.length || (key[parameters] & 0xff) != 0xa0) {
            throw new GeneralSecurityException("it does not name its curve");
        }
        return Arrays.copyOfRange(key, parameters + 2, parameters + 2 + key[parameters + 1]);
    }

    private static PrivateKey key(byte[] pkcs8) throws GeneralSecurityException {
        GeneralSecurityException last = null;
        for (String algorithm : List.of("EC", "RSA", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (GeneralSecurityException e) {
                last = e;
            }
        }
        throw last;
    }
}
