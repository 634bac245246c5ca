package org.reelcast.e2e;

import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.PlayerPage;
import org.reelcast.e2e.harness.ReelcastProcess;

/** Flashphoner's unmodified Player page against this server: the promise of a drop-in. */
@E2e
class FlashphonerPlayerIT extends PlayerPageChecks {

    FlashphonerPlayerIT(Chromium chromium, ReelcastProcess server) {
        super(chromium, server, PlayerPage.FLASHPHONER);
    }
}
