/** What carries texts and questions between nodes: an interface, nothing for one node, and Hazelcast. */
package org.reelcast.cluster.grid;
