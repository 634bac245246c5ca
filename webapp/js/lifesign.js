/** Whether anything still comes of what plays. */

const LOOK_MS = 500;
/** Nothing came for so long: it is said. */
const SILENT_MS = 2_000;
/** And then there is no more hope. */
const DEAD_MS = 10_000;

/**
 * Looks after a stream until the timers end.
 * @param {function(boolean)} silence called when nothing comes any more (true) and when it comes again (false)
 * @param {function()} dead called once
 */
export function watch(timers, stream, video, silence, dead) {
    let seen = -1;
    let seenMs = Date.now();
    let isSilent = false;
    let isDead = false;
    timers.every(LOOK_MS, async () => {
        const amount = await received(stream, video);
        const nowMs = Date.now();
        if (amount !== seen) {
            [seen, seenMs] = [amount, nowMs];
        }
        if (isDead) {
            return;
        }
        isDead = nowMs - seenMs >= DEAD_MS;
        if (isDead) {
            dead();
        } else if (isSilent !== nowMs - seenMs >= SILENT_MS) {
            isSilent = !isSilent;
            silence(isSilent);
        }
    });
}

/** How much has come so far: bytes by WebRTC, the clock of the film by MSE. */
async function received(stream, video) {
    const report = stream.getRTCPeerConnection() ? await stream.getStats(null, true) : null;
    if (!report) {
        return video.currentTime;
    }
    let bytes = 0;
    for (const {type, bytesReceived = 0} of report.values()) {
        // reports of the sender count too: a still picture without sound is no silence
        bytes += type === 'inbound-rtp' || type === 'transport' ? bytesReceived : 0;
    }
    return bytes;
}
