/*
 * Players of segmented streams in one page: hls.js for HLS, Shaka for DASH, the browser itself for what it plays.
 * Each is an entry of window.segments.list.
 */
(() => {
    'use strict';
    const list = [];

    const open = (url, options) => {
        const video = document.body.appendChild(document.createElement('video'));
        video.muted = true;
        video.width = 160;
        const player = { url, video, errors: [], waits: [], ended: false, startMs: performance.now(), firstMs: null,
            dates: [] };
        list.push(player);
        video.addEventListener('playing', () => { player.firstMs ??= performance.now() - player.startMs; });
        video.addEventListener('ended', () => { player.ended = true; });
        video.addEventListener('waiting', () => {
            if (player.firstMs !== null && !video.seeking) {
                player.waits.push(video.currentTime);
            }
        });
        if (url.endsWith('.mpd')) {
            const shakaPlayer = player.shaka = new shaka.Player();
            shakaPlayer.addEventListener('error', event => player.errors.push('shaka ' + event.detail.code));
            shakaPlayer.attach(video).then(() => shakaPlayer.load(url)).then(() => video.play())
                .catch(error => player.errors.push('shaka ' + (error.code || error)));
        } else {
            const hls = player.hls = new Hls(options);
            hls.on(Hls.Events.ERROR, (event, data) => player.errors.push(
                `${data.details}${data.fatal ? ', fatal' : ''} ${data.reason || data.error || ''}`));
            hls.on(Hls.Events.LEVEL_UPDATED, () => { player.lists = (player.lists || 0) + 1; });
            hls.loadSource(url);
            hls.attachMedia(video);
            video.play().catch(error => player.errors.push(String(error)));
        }
        return list.length - 1;
    };

    const state = index => {
        const { video, hls, errors, waits, ended, firstMs, lists } = list[index];
        const quality = video.getVideoPlaybackQuality();
        return { time: video.currentTime, duration: video.duration, frames: quality.totalVideoFrames,
            dropped: quality.droppedVideoFrames, audioBytes: video.webkitAudioDecodedByteCount, errors, waits, ended,
            firstMs, lists: lists || 0, latency: hls ? hls.latency : null,
            behindMs: hls && hls.playingDate ? Date.now() - hls.playingDate.getTime() : null,
            buffered: video.buffered.length };
    };

    const canvas = document.createElement('canvas');
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

    const nextFrame = video => new Promise(resolve => video.requestVideoFrameCallback((now, frame) => resolve(frame)));

    /* The next frames: their numbers, and when by EXT-X-PROGRAM-DATE-TIME they are to be shown. */
    const dated = async (index, count) => {
        const { video, hls } = list[index];
        const frames = [];
        while (frames.length < count) {
            const { mediaTime } = await nextFrame(video);
            const shown = number(video);
            const date = hls.playingDate.getTime() + (mediaTime - video.currentTime) * 1000;
            frames.push({ number: shown, dateMs: date, shownMs: Date.now() });
        }
        return frames;
    };

    /* The number of the frame that is shown at a time. */
    const seek = async (index, time) => {
        const { video } = list[index];
        video.pause();
        const sought = new Promise(resolve => video.addEventListener('seeked', resolve, { once: true }));
        const frame = nextFrame(video);
        video.currentTime = time;
        await sought;
        await frame;
        return number(video);
    };

    const close = index => {
        const { hls, video, shaka } = list[index];
        if (hls) {
            hls.destroy();
        }
        if (shaka) {
            shaka.destroy();
        }
        video.remove();
    };

    window.segments = { list, open, state, dated, seek, close };
})();
