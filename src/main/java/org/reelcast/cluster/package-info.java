/**
 * This node among others: who is there, names of streams that are taken once in all nodes, and questions to one another.
 * A server that is alone has the same, and nothing behind it.
 */
package org.reelcast.cluster;
