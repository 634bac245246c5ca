/*
 * The energy of sound, the mean square of its samples in stereo times its length in s: of a file in a plain video
 * element, of which bars.js reads the colours, too, and of what a viewer (viewers.js) plays. In pages of a secure context.
 */
(() => {
    'use strict';
    const WORKLET = `registerProcessor('energy', class extends AudioWorkletProcessor {
        constructor() {
            super();
            this.energy = 0;
            this.port.onmessage = () => this.port.postMessage(this.energy / sampleRate);
        }
        process([input]) {
            input.forEach(channel => channel.forEach(sample => { this.energy += sample * sample / input.length; }));
            return true;
        }
    })`;
    const PLAIN_LIMIT_MS = 60000;

    const context = new AudioContext();
    const ready = context.audioWorklet.addModule('data:text/javascript,' + encodeURIComponent(WORKLET));

    const meter = async source => {
        await ready;
        const node = new AudioWorkletNode(context, 'energy',
            { channelCount: 2, channelCountMode: 'explicit', channelInterpretation: 'speakers' });
        source.connect(node).connect(context.destination);
        return () => new Promise(resolve => {
            node.port.onmessage = event => resolve(event.data);
            node.port.postMessage(null);
        });
    };

    /* Begins to play a film in base64 as the browser itself does. */
    let playing;
    const start = base64 => {
        playing = play(base64);
    };

    /* What it is like, once it is over: { size, energy, bars }; null when the browser does not play it. */
    const plain = () => playing;

    const play = async base64 => {
        const video = document.body.appendChild(document.createElement('video'));
        const read = await meter(context.createMediaElementSource(video));
        const over = new Promise(resolve => {
            video.onended = () => resolve(true);
            video.onerror = () => resolve(false);
            setTimeout(() => resolve(video.currentTime > 0), PLAIN_LIMIT_MS);
        });
        let shown = null;
        video.ontimeupdate = () => {
            if (!shown && video.currentTime > 0.5) {
                shown = bars.read(video);
            }
        };
        video.src = URL.createObjectURL(new Blob([Uint8Array.from(atob(base64), c => c.charCodeAt(0))]));
        video.play().catch(() => {});
        const result = await over
            ? { size: [video.videoWidth, video.videoHeight], energy: await read(), bars: shown && shown.bars }
            : null;
        URL.revokeObjectURL(video.src);
        video.remove();
        return result;
    };

    /* Listens to a viewer from its first packet on. */
    const listen = viewer => {
        viewer.energy = new Promise(resolve => viewer.peer.addEventListener('track', event => {
            if (event.track.kind === 'audio') {
                resolve(meter(context.createMediaStreamSource(new MediaStream([event.track]))));
            }
        }));
    };

    /* What was heard of it so far. */
    const heard = async viewer => (await Promise.race([viewer.energy, Promise.resolve(() => 0)]))();

    window.energy = { start, plain, listen, heard };
})();
