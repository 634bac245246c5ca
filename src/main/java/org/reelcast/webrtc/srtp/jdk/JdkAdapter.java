package org.reelcast.webrtc.srtp.jdk;

/** The ways in which JDKs have made AES-GCM, the newest first; a JDK that makes it otherwise is one more constant. */
enum JdkAdapter {
    /** Java 26 and later: AES was written anew (JDK-8326609). */
    JDK_26("AES_Crypt"),
    /** Java 17 to 25. */
    JDK_17("AESCrypt");

    private final String aes;

    JdkAdapter(String aes) {
        this.aes = aes;
    }

    /**
     * The parts, if this is how the running JDK makes them.
     *
     * @throws ClassNotFoundException when it makes them otherwise
     * @throws java.lang.reflect.InaccessibleObjectException when it does not let us have them
     */
    ProviderMembers find() throws ReflectiveOperationException {
        return ProviderMembers.find(aes);
    }
}
