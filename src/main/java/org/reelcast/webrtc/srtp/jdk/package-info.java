/**
 * Internal classes of Java's own crypto provider, and nothing else that depends on the JDK: one adapter for each way in
 * which JDKs have made AES-GCM so far.
 */
package org.reelcast.webrtc.srtp.jdk;
