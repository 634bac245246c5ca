package org.reelcast.rendition.h264;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.storage.SourceId;

/** Says once a film, in WCS's words, that there are B-frames; however many play it. */
public final class BFrameWarning {
    private static final Logger LOG = Logger.getLogger(BFrameWarning.class.getName());
    private static final int REMEMBERED = 1000;
    private static final Set<SourceId> SAID =
            Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<SourceId, Boolean> eldest) {
                    return size() > REMEMBERED;
                }
            }));

    private BFrameWarning() {}

    /** @param what becomes of them, a clause */
    public static void say(SourceId film, String what) {
        if (SAID.add(film)) {
            LOG.log(Level.INFO, "It is B-frame! {0}: {1}", new Object[] {film.location(), what});
        }
    }
}
