/*
 * What a video element shows of a film of seven colour bars: { size: [width, height], bars: [[r, g, b] x 7] }.
 */
(() => {
    'use strict';
    const canvas = document.createElement('canvas');

    const read = video => {
        const width = canvas.width = video.videoWidth;
        const height = canvas.height = video.videoHeight;
        if (width === 0) {
            return null;
        }
        const context = canvas.getContext('2d', { willReadFrequently: true });
        context.drawImage(video, 0, 0);
        return {
            size: [width, height],
            bars: [...Array(7).keys()].map(bar => {
                const at = context.getImageData(Math.floor((2 * bar + 1) * width / 14) - 2, Math.floor(height / 3), 4, 4);
                return [0, 1, 2].map(c => at.data.filter((_, i) => i % 4 === c).reduce((a, b) => a + b) / 16);
            })
        };
    };

    window.bars = { read };
})();
