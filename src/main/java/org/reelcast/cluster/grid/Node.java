package org.reelcast.cluster.grid;

import java.util.Map;

/**
 * A node of a cluster.
 *
 * @param id      what it is called, the same after each start
 * @param address where the others reach it: host and port; empty when there are none
 * @param self    whether it is this one
 * @param facts   what it says of itself as it joins
 */
public record Node(String id, String address, boolean self, Map<String, String> facts) {}
