/**
 * The main class of the uber-jar, outside of the application: it makes the TLS key, opens the listeners, shapes heap
 * and JIT, and starts Payara Micro.
 */
package org.reelcast.boot;
