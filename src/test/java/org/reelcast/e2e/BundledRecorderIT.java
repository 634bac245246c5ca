package org.reelcast.e2e;

import org.reelcast.e2e.harness.BesideOthers;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.PlayerPage;
import org.reelcast.e2e.harness.RecorderPage;
import org.reelcast.e2e.harness.ReelcastProcess;

/** The recorder page that comes with the product. */
@E2e
@BesideOthers
class BundledRecorderIT extends RecorderPageChecks {

    BundledRecorderIT(Chromium chromium, ReelcastProcess server) {
        super(chromium, server, RecorderPage.BUNDLED, PlayerPage.BUNDLED);
    }
}
