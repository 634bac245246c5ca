package org.reelcast.codec.video;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Says once a film, in WCS's words, that there are B-frames. */
final class BFrameWarning {
    private static final Logger LOG = Logger.getLogger(BFrameWarning.class.getName());

    private final String file;
    private final AtomicBoolean said = new AtomicBoolean();

    BFrameWarning(String file) {
        this.file = file;
    }

    void bFrame() {
        if (!said.get() && said.compareAndSet(false, true)) {
            LOG.log(Level.WARNING, "It is B-frame! {0}", file);
        }
    }
}
