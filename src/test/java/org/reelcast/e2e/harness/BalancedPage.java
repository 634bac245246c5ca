package org.reelcast.e2e.harness;

import java.util.List;

/** A page with Flashphoner's own browser SDK, unmodified, that asks a load balancer where to connect ({@code lbUrl}). */
public final class BalancedPage implements AutoCloseable {
    private final MeasuredPage page;

    /** @param server where the page comes from; with {@code client2_dir} */
    public BalancedPage(Chromium chromium, ReelcastProcess server) {
        page = chromium.openPlain("balanced");
        page.page().navigate(server.http("/client2" + WebSdk.PLAYER).toString());
    }

    /** Plays a stream. @param balancer the server that is asked @return the WebSocket address that the SDK took */
    public String play(ReelcastProcess balancer, String name) {
        return page.evaluate(
                        """
                        ([urlServer, lbUrl, name]) => new Promise((resolve, reject) => {
                            const display = document.body.appendChild(document.createElement('div'));
                            const session = Flashphoner.createSession({urlServer, lbUrl});
                            const fail = (what) => reject(new Error(what.status() + ' ' + (what.getInfo?.() ?? '')));
                            session.on('FAILED', fail).on('ESTABLISHED', () => session.createStream({name, display})
                                .on('PLAYING', () => resolve(session.getServerUrl())).on('FAILED', fail).play());
                        })""",
                        List.of(balancer.wsUrl(), balancer.http("/loadbalancer").toString(), name))
                .getAsString();
    }

    @Override
    public void close() {
        page.close();
    }
}
