package org.reelcast.e2e;

import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.PlayerPage;
import org.reelcast.e2e.harness.ReelcastProcess;

/** The page that comes with the product. */
@E2e
class BundledPageIT extends PlayerPageChecks {

    BundledPageIT(Chromium chromium, ReelcastProcess server) {
        super(chromium, server, PlayerPage.BUNDLED);
    }
}
