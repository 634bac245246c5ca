package org.reelcast.boot;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Keeps HotSpot's second compiler (C2) to where it pays. What runs at the start, for a join or for a request is left to
 * the first one (C1), and that is fast enough for some hundred times a second: C2 would take longer over it than all
 * its runs together ever gain, and take it from the viewers who come meanwhile. What runs for each packet, and the
 * arithmetic of a handshake, are C2's as ever. A machine that is no HotSpot takes no such orders and needs none.
 */
final class JitLimits {
    private static final Logger LOG = Logger.getLogger(JitLimits.class.getName());
    private static final String COMMANDS = "com.sun.management:type=DiagnosticCommand";

    /** The server below, what it starts with, our own parts that run once a join, and the way into native codecs. */
    private static final List<String> SELDOM = List.of(
            "com/fasterxml/*.*",
            "com/ibm/*.*",
            "com/sun/appserv/*.*",
            "com/sun/crypto/provider/PBKDF2*.*",
            "com/sun/ejb/*.*",
            "com/sun/enterprise/*.*",
            "com/sun/org/*.*",
            "com/sun/web/*.*",
            "com/sun/xml/*.*",
            "fish/payara/*.*",
            "jakarta/*.*",
            "java/lang/Class.getDeclared*",
            "java/lang/Class.getMethod*",
            "java/lang/Class.privateGet*",
            "java/lang/ClassLoader*.*",
            "java/lang/reflect/*.*",
            "java/net/URI*.*",
            "java/net/URL*.*",
            "java/security/Provider*.*",
            "java/util/Properties*.*",
            "java/util/jar/*.*",
            "java/util/logging/*.*",
            "java/util/regex/*.*",
            "java/util/zip/Inflater*.*",
            "java/util/zip/Zip*.*",
            "javax/crypto/JceSecurity*.*",
            "jdk/internal/jimage/*.*",
            "jdk/internal/loader/*.*",
            "jdk/internal/org/*.*",
            "jdk/internal/reflect/*.*",
            "jdk/xml/*.*",
            "org/apache/*.*",
            "org/bouncycastle/asn1/*.*",
            "org/bouncycastle/crypto/macs/*.*",
            "org/bouncycastle/crypto/signers/*.*",
            "org/bouncycastle/tls/*.*",
            "org/bytedeco/*.*",
            "org/eclipse/*.*",
            "org/glassfish/*.*",
            "org/hibernate/*.*",
            "org/jboss/*.*",
            "org/jvnet/*.*",
            "org/lwjgl/*.*",
            "org/objectweb/*.*",
            "org/reelcast/boot/*.*",
            "org/reelcast/codec/ffmpeg/*.*",
            "org/reelcast/codec/opus/*.*",
            "org/reelcast/signalling/*.*",
            "org/reelcast/webrtc/sdp/*.*",
            "sun/nio/fs/*.*",
            "sun/security/jca/*.*");

    private JitLimits() {}

    /**
     * From now on, for the whole process; not where Java was told to do without C1 or C2, who then has to do it all.
     *
     * @param work the file with the orders goes there, and may be deleted at once
     */
    static void apply(Path work) throws IOException {
        if (!hasBothCompilers()) {
            return;
        }
        Path orders = Files.writeString(work.resolve("compiler.json"), orders());
        try {
            Object answer = ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName(COMMANDS),
                            "compilerDirectivesAdd",
                            new Object[] {new String[] {orders.toString()}},
                            new String[] {String[].class.getName()});
            LOG.fine(() -> "The compiler: " + answer);
        } catch (JMException | RuntimeException e) {
            LOG.log(Level.FINE, "The compiler takes no orders", e);
        }
    }

    private static boolean hasBothCompilers() {
        try {
            HotSpotDiagnosticMXBean machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return machine != null
                    && machine.getVMOption("TieredCompilation").getValue().equals("true")
                    && machine.getVMOption("TieredStopAtLevel").getValue().equals("4");
        } catch (RuntimeException e) {
            LOG.log(Level.FINE, "The compilers are not known", e);
            return false;
        }
    }

    /** As HotSpot reads them (JEP 165). */
    static String orders() {
        return SELDOM.stream()
                .map(pattern -> '"' + pattern + '"')
                .collect(
                        Collectors.joining(",\n    ", "[{\n  match: [\n    ", "\n  ],\n  c2: { Exclude: true }\n}]\n"));
    }
}
