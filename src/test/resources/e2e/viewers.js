/*
 * A crowd of viewers in one page, each with a socket and a peer connection of its own, speaking the SDK's protocol.
 * Each is an entry of window.viewers.list: { statuses: [{status, info, atMs}], peer, socket, video }.
 */
(() => {
    'use strict';
    const list = [];

    const open = url => new Promise((resolve, reject) => {
        const socket = new WebSocket(url);
        socket.onopen = () => resolve(socket);
        socket.onerror = () => reject(new Error('Cannot connect to ' + url));
    });

    const message = (name, data) => JSON.stringify({ message: name, data: [data] });

    const join = async (url, name, custom, wish) => {
        const viewer = { id: crypto.randomUUID ? crypto.randomUUID() : String(Math.random()), name, statuses: [] };
        list.push(viewer);
        const index = list.length - 1;
        viewer.socket = await open(url);
        const ready = new Promise(resolve => { viewer.ready = resolve; });
        viewer.socket.onmessage = event => receive(viewer, JSON.parse(event.data));
        viewer.socket.onclose = () => { viewer.statuses.push({ status: 'CLOSED' }); };
        viewer.socket.send(message('connection', { appKey: 'defaultApp', mediaProviders: ['WebRTC'] }));
        await ready;
        const peer = viewer.peer = new RTCPeerConnection();
        peer.addTransceiver('audio', { direction: 'recvonly' });
        peer.addTransceiver('video', { direction: 'recvonly' });
        viewer.video = document.body.appendChild(document.createElement('video'));
        viewer.video.muted = true;
        viewer.video.width = 64;
        peer.ontrack = event => {
            if (viewer.video.srcObject !== event.streams[0]) {
                viewer.video.srcObject = event.streams[0];
                viewer.video.play().catch(() => {});
            }
        };
        await peer.setLocalDescription(await peer.createOffer());
        viewer.socket.send(message('playStream', {
            mediaSessionId: viewer.id, name, published: false, hasVideo: true, hasAudio: true, status: 'PENDING',
            record: false, width: 0, height: 0, mediaProvider: 'WebRTC', sdp: peer.localDescription.sdp,
            bitrate: 0, minBitrate: 0, maxBitrate: 0, quality: 0, custom, ...wish
        }));
        return index;
    };

    const receive = (viewer, { message: name, data }) => {
        if (name === 'getUserData') {
            viewer.ready();
        } else if (name === 'ping') {
            viewer.socket.send(message('pong', null));
        } else if (name === 'setRemoteSDP') {
            viewer.peer.setRemoteDescription({ type: 'answer', sdp: data[1] });
        } else if (name === 'notifyStreamStatusEvent' && data[0].mediaSessionId === viewer.id) {
            hear(viewer, data[0]);
        }
    };

    /* The statistics of a stream's last moment are kept: a closed connection has none. */
    const hear = async (viewer, { status, info }) => {
        if (status !== 'PLAYING' && viewer.peer.signalingState !== 'closed') {
            viewer.last = await look(viewer);
            viewer.peer.close();
        }
        viewer.statuses.push({ status, info, atMs: performance.now() });
    };

    const stats = index => list[index].last || look(list[index]);

    const look = async viewer => {
        const result = { video: null, audio: null, marks: {}, skewsMs: [] };
        (await viewer.peer.getStats()).forEach(entry => {
            if (entry.type === 'inbound-rtp') {
                result[entry.kind] = entry;
            }
        });
        return result;
    };

    /* As a user who presses Stop. */
    const stop = index => {
        const viewer = list[index];
        viewer.socket.send(message('stopStream', { mediaSessionId: viewer.id, name: viewer.name, status: 'PLAYING' }));
        viewer.peer.close();
    };

    /* As a page that goes away: the socket closes, nothing is said. */
    const leave = index => {
        list[index].socket.close();
        list[index].peer.close();
    };

    /* The numbers of the frames that are shown now, from a strip of boxes at the top, the lowest bit first. */
    const canvas = document.createElement('canvas');
    const numbers = indexes => {
        const atMs = Date.now();
        return { atMs, numbers: indexes.map(index => number(list[index].video)) };
    };
    const number = video => {
        canvas.width = video.videoWidth;
        canvas.height = 48;
        const context = canvas.getContext('2d', { willReadFrequently: true });
        context.drawImage(video, 0, 0);
        let value = 0;
        for (let bit = 0; bit < 8; bit++) {
            value += context.getImageData(64 * bit + 32, 24, 1, 1).data[1] > 127 ? 1 << bit : 0;
        }
        return value;
    };

    window.viewers = { list, join, stats, stop, leave, numbers };
})();
