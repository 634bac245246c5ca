/** The TCP connections of this server's own listeners: how many an address has, how long a request takes to come, and whom a proxy names. */
package org.reelcast.rest.connection;
