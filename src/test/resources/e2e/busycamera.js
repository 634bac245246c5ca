/*
 * The camera's picture is replaced by one of its size that is hard to encode: coloured blocks that never stand still.
 */
(() => {
    'use strict';
    const native = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    const BLOCK = 40;

    navigator.mediaDevices.getUserMedia = async wish => {
        const real = await native(wish);
        const [camera] = real.getVideoTracks();
        const { width, height } = camera.getSettings();
        const canvas = Object.assign(document.createElement('canvas'), { width, height });
        const pen = canvas.getContext('2d');
        let tick = 0;
        setInterval(() => {
            tick++;
            for (let i = 0; i < 8; i++) {
                pen.fillStyle = `hsl(${Math.random() * 360} 80% ${30 + Math.random() * 40}%)`;
                pen.fillRect(Math.random() * width, Math.random() * height, BLOCK + tick % 7, BLOCK);
            }
        }, 33);
        real.removeTrack(camera);
        camera.stop();
        real.addTrack(canvas.captureStream(30).getVideoTracks()[0]);
        return real;
    };
})();
