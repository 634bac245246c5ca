/*
 * Media of the page's peer connections go to the port that window.reelcastRelay(port) gives instead of the server's.
 */
(() => {
    'use strict';
    const native = RTCPeerConnection.prototype.setRemoteDescription;
    const candidate = /(a=candidate:\S+ \d+ udp \d+ \S+ )(\d+)/i;

    RTCPeerConnection.prototype.setRemoteDescription = async function (description) {
        const lines = [];
        for (const line of description.sdp.split('\r\n')) {
            const found = candidate.exec(line);
            lines.push(found ? line.replace(candidate, '$1' + await window.reelcastRelay(Number(found[2]))) : line);
        }
        return native.call(this, { type: description.type, sdp: lines.join('\r\n') });
    };
})();
