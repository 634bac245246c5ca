package org.reelcast.bench.run;

import java.util.List;

/** All there are, in the order in which they run. */
public final class Scenarios {
    private static final List<Scenario> ALL = List.of(
            new InnerLoops(),
            new Floor(),
            new Janus(),
            new VodLive(),
            new Joins(),
            new Personal(),
            new ColdFilms(),
            new RangedS3(),
            new Publishers(),
            new StreamsOfStreams(),
            new Mixed(),
            new MseViewers(),
            new HlsRequests(),
            new HlsCrowds(),
            new HlsFilms(),
            new Nodes());
    private static final List<String> QUICK = List.of("floor", "janus", "vod-live", "joins");

    private Scenarios() {}

    /**
     * @param names those wanted; none = all, or those of a quick look
     * @throws IllegalArgumentException for a name that is none
     */
    public static List<Scenario> choose(List<String> names, boolean quick) {
        List<String> wanted = names.isEmpty() ? quick ? QUICK : names() : names;
        for (String name : wanted) {
            if (!names().contains(name)) {
                throw new IllegalArgumentException("There is no scenario " + name + ", but " + names());
            }
        }
        return ALL.stream().filter(scenario -> wanted.contains(scenario.name())).toList();
    }

    private static List<String> names() {
        return ALL.stream().map(Scenario::name).toList();
    }
}
