package org.reelcast.mp4.write;

import java.io.IOException;
import org.reelcast.mp4.box.BoxType;

/**
 * Writes the sample tables of one track (ISO 14496-12 sections 8.6.1, 8.6.2, 8.7), each by a walk of its own over the
 * fragments: however long the film, none of them is held in memory.
 */
final class TableWriter {
    private final BoxStream out;
    private final FragmentScan scan;
    private final TrackFacts facts;
    private final boolean wide;

    /** One walk's state: a run of equal values, and where the walk is. */
    private abstract class Walk implements FragmentScan.Visitor {
        private long count;
        private long value;

        abstract void run(FragmentScan.Samples samples) throws IOException;

        @Override
        public void samples(FragmentScan.Samples samples) throws IOException {
            if (samples.trackId() == facts.trackId) {
                run(samples);
            }
        }

        void repeat(long next) throws IOException {
            if (count > 0 && next != value) {
                end();
            }
            value = next;
            count++;
        }

        void end() throws IOException {
            out.u32((int) count);
            out.u32((int) value);
            count = 0;
        }
    }

    /** @param wide whether chunk offsets take 64 bits */
    TableWriter(BoxStream out, FragmentScan scan, TrackFacts facts, boolean wide) {
        this.out = out;
        this.scan = scan;
        this.facts = facts;
        this.wide = wide;
    }

    /** @param dataStart where in the finished file the samples begin, one fragment's after the other's */
    void write(long dataStart) throws IOException {
        durations();
        if (facts.composed) {
            compositions();
        }
        if (facts.isVideo() && facts.syncs < facts.samples) {
            syncs();
        }
        sizes();
        chunkRuns();
        chunks(dataStart);
    }

    private boolean open(String type, int version, long entries, int entryBytes) throws IOException {
        out.open(BoxType.of(type));
        out.u32(version << 24);
        if (type.equals("stsz")) {
            out.u32(0);
        }
        out.u32((int) entries);
        if (out.isMeasuring()) {
            out.skip(entries * entryBytes);
            out.close();
        }
        return !out.isMeasuring();
    }

    private void durations() throws IOException {
        if (open("stts", 0, facts.durations, 8)) {
            Walk walk = new Walk() {
                @Override
                void run(FragmentScan.Samples samples) throws IOException {
                    for (int i = 0; i < samples.count(); i++) {
                        repeat(samples.duration(i));
                    }
                }
            };
            scan.walk(walk);
            walk.end();
            out.close();
        }
    }

    private void compositions() throws IOException {
        if (open("ctts", 1, facts.compositions, 8)) {
            Walk walk = new Walk() {
                @Override
                void run(FragmentScan.Samples samples) throws IOException {
                    for (int i = 0; i < samples.count(); i++) {
                        repeat(samples.composition(i));
                    }
                }
            };
            scan.walk(walk);
            walk.end();
            out.close();
        }
    }

    private void syncs() throws IOException {
        if (open("stss", 0, facts.syncs, 4)) {
            scan.walk(new Walk() {
                private int number;

                @Override
                void run(FragmentScan.Samples samples) throws IOException {
                    for (int i = 0; i < samples.count(); i++) {
                        number++;
                        if (samples.isSync(i)) {
                            out.u32(number);
                        }
                    }
                }
            });
            out.close();
        }
    }

    private void sizes() throws IOException {
        if (open("stsz", 0, facts.samples, 4)) {
            scan.walk(new Walk() {
                @Override
                void run(FragmentScan.Samples samples) throws IOException {
                    for (int i = 0; i < samples.count(); i++) {
                        out.u32(samples.size(i));
                    }
                }
            });
            out.close();
        }
    }

    private void chunkRuns() throws IOException {
        if (open("stsc", 0, facts.chunkRuns, 12)) {
            scan.walk(new Walk() {
                private int chunk;
                private int count;
                private int entry;

                @Override
                void run(FragmentScan.Samples samples) throws IOException {
                    chunk++;
                    if (samples.count() != count || samples.entry() != entry) {
                        count = samples.count();
                        entry = samples.entry();
                        out.u32(chunk);
                        out.u32(count);
                        out.u32(entry);
                    }
                }
            });
            out.close();
        }
    }

    private void chunks(long start) throws IOException {
        if (open(wide ? "co64" : "stco", 0, facts.chunks, wide ? 8 : 4)) {
            scan.walk(new FragmentScan.Visitor() {
                private long position = start;

                @Override
                public void samples(FragmentScan.Samples samples) throws IOException {
                    if (samples.trackId() == facts.trackId) {
                        if (wide) {
                            out.u64(position);
                        } else {
                            out.u32((int) position);
                        }
                    }
                    position += samples.bytes();
                }
            });
            out.close();
        }
    }
}
