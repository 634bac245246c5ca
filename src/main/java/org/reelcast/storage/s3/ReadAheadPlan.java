package org.reelcast.storage.s3;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far to read ahead of those who read an object: one block at first, twice as far with every block that is read in
 * order, up to a bound. Knows readers by where they are; two at the same place go on as one. For one thread at a time.
 */
final class ReadAheadPlan {
    private static final int MAX_READERS = 1024;

    private final int maxBlocks;
    /** How far each reader reads ahead, by the block that it read last. */
    private final Map<Integer, Integer> readers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Integer> eldest) {
            return size() > MAX_READERS;
        }
    };

    /** @param maxBlocks at least 1 */
    ReadAheadPlan(int maxBlocks) {
        this.maxBlocks = maxBlocks;
    }

    /** Somebody reads in that block. @return how many blocks should be here from there on, itself included */
    int onRead(int block) {
        Integer ahead = readers.get(block);
        if (ahead == null) {
            Integer before = readers.remove(block - 1);
            ahead = before == null ? 1 : Math.min(before * 2, maxBlocks);
            readers.put(block, ahead);
        }
        return ahead;
    }
}
