package org.reelcast.cluster;

import java.util.List;
import java.util.Map;

/**
 * What other nodes answered.
 *
 * @param texts  by node
 * @param silent nodes that did not answer in time
 */
public record Answers(Map<String, String> texts, List<String> silent) {}
