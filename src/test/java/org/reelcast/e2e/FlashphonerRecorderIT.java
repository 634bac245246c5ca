package org.reelcast.e2e;

import org.reelcast.e2e.harness.BesideOthers;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.PlayerPage;
import org.reelcast.e2e.harness.RecorderPage;
import org.reelcast.e2e.harness.ReelcastProcess;

/** Flashphoner's unmodified Stream Recording page, then its Player. */
@E2e
@BesideOthers
class FlashphonerRecorderIT extends RecorderPageChecks {

    FlashphonerRecorderIT(Chromium chromium, ReelcastProcess server) {
        super(chromium, server, RecorderPage.FLASHPHONER, PlayerPage.FLASHPHONER);
    }
}
