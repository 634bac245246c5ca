/*
 * Watches and listens to a playing video element of a film that flashes white and beeps at the start of each second.
 * lipSync.start(video); later lipSync.skewsMs(): for each flash, how much later its beep was heard, in ms.
 */
(() => {
    'use strict';
    const WHITE = 200;
    const LOUD = 0.05;
    const flashesMs = [];
    const beepsMs = [];

    const watch = video => {
        const canvas = new OffscreenCanvas(8, 8);
        const pen = canvas.getContext('2d', { willReadFrequently: true });
        let wasWhite = true;
        const look = (now, frame) => {
            pen.drawImage(video, 0, 0, 8, 8);
            const pixels = pen.getImageData(0, 0, 8, 8).data;
            let sum = 0;
            for (let i = 0; i < pixels.length; i += 4) {
                sum += pixels[i] + pixels[i + 1] + pixels[i + 2];
            }
            const isWhite = sum / (64 * 3) > WHITE;
            if (isWhite && !wasWhite) {
                flashesMs.push(frame.expectedDisplayTime);
            }
            wasWhite = isWhite;
            video.requestVideoFrameCallback(look);
        };
        video.requestVideoFrameCallback(look);
    };

    const EAR = `registerProcessor('ear', class extends AudioWorkletProcessor {
        constructor() {
            super();
            this.quietSince = 0;
        }
        process([[samples]]) {
            for (let i = 0; samples && i < samples.length; i++) {
                if (Math.abs(samples[i]) > ${LOUD}) {
                    const at = currentTime + i / sampleRate;
                    if (at - this.quietSince > 0.3) {
                        this.port.postMessage(at);
                    }
                    this.quietSince = at;
                }
            }
            return true;
        }
    });`;

    const listen = async stream => {
        const audio = new AudioContext();
        await audio.audioWorklet.addModule(URL.createObjectURL(new Blob([EAR], { type: 'text/javascript' })));
        const ear = new AudioWorkletNode(audio, 'ear');
        ear.port.onmessage = ({ data }) => {
            const { contextTime, performanceTime } = audio.getOutputTimestamp();
            beepsMs.push(performanceTime + (data - contextTime) * 1000);
        };
        audio.createMediaStreamSource(stream).connect(ear).connect(audio.destination);
    };

    window.lipSync = {
        start(video) {
            watch(video);
            return listen(video.srcObject);
        },
        skewsMs() {
            return flashesMs.map(flash => {
                const nearest = beepsMs.reduce((a, b) => Math.abs(b - flash) < Math.abs(a - flash) ? b : a, Infinity);
                return nearest - flash;
            }).filter(skew => Math.abs(skew) < 500);
        },
        debug: () => ({ flashesMs, beepsMs })
    };
})();
