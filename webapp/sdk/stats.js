/** What `stream.getStats` gives: the RTP figures by direction and kind, with the codec's name beside each. */
export function digest(report) {
    const result = {type: 'session'};
    for (const entry of report.values()) {
        const direction = {'inbound-rtp': 'inboundStream', 'outbound-rtp': 'outboundStream'}[entry.type];
        if (direction) {
            const codec = report.get(entry.codecId);
            (result[direction] ??= {})[entry.kind] = {...entry, codec: codec?.mimeType?.split('/')[1]};
        }
    }
    return result;
}

/** Compares what one side says it sent with what the other got since the last comparison. */
export class QualityMeter {
    #before = null;

    /**
     * @param report getStats of this side
     * @param {number} theirBps bit/s of video that the other side sent, or got when this side publishes
     * @returns {{quality: string, ownBps: number}|null} null the first time
     */
    update(report, theirBps, isPublisher, nowMs) {
        const bytes = videoBytes(report);
        const before = this.#before;
        this.#before = {bytes, nowMs};
        if (!before || nowMs <= before.nowMs) {
            return null;
        }
        const ownBps = (bytes - before.bytes) * 8000 / (nowMs - before.nowMs);
        return {ownBps, quality: isPublisher ? grade(theirBps, ownBps) : grade(ownBps, theirBps)};
    }
}

function grade(gotBps, sentBps) {
    if (!(sentBps > 0)) {
        return 'UNKNOWN';
    }
    const ratio = gotBps / sentBps;
    return ratio >= 0.9 ? 'PERFECT' : ratio >= 0.7 ? 'GOOD' : 'BAD';
}

function videoBytes(report) {
    let bytes = 0;
    for (const entry of report.values()) {
        if (entry.kind === 'video' && entry.type === 'inbound-rtp') {
            bytes += entry.bytesReceived ?? 0;
        } else if (entry.kind === 'video' && entry.type === 'outbound-rtp') {
            bytes += entry.bytesSent ?? 0;
        }
    }
    return bytes;
}
