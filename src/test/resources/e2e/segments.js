/*
 * Players of segmented streams in one page: hls.js for HLS, Shaka for DASH, each other where it is asked for.
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
        if (url.endsWith('.mpd') || options.shaka) {
            const shakaPlayer = player.shaka = new shaka.Player();
            shakaPlayer.addEventListener('error', event => player.errors.push(
                `shaka ${event.detail.code} ${JSON.stringify(event.detail.data)}`));
            shakaPlayer.attach(video).then(() => shakaPlayer.load(url)).then(() => video.play())
                .catch(error => player.errors.push('shaka ' + (error.code || error)));
        } else if (options.videoJs) {
            const other = player.videoJs = videojs(video, { muted: true });
            other.on('error', () => player.errors.push('Video.js ' + JSON.stringify(other.error())));
            other.src({ src: url, type: 'application/vnd.apple.mpegurl' });
            other.play().catch(error => player.errors.push(String(error)));
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

    /* Where a player is that stands still. */
    const summary = details => details && { live: details.live, endSN: details.endSN, edge: details.edge,
        lastPart: details.partList && details.partList.length ? details.partList[details.partList.length - 1].end : null };

    const state = index => {
        const { video, hls, errors, waits, ended, firstMs, lists } = list[index];
        const quality = video.getVideoPlaybackQuality();
        return { time: video.currentTime, duration: video.duration, frames: quality.totalVideoFrames,
            dropped: quality.droppedVideoFrames, audioBytes: video.webkitAudioDecodedByteCount, errors, waits, ended,
            firstMs, lists: lists || 0, latency: hls ? hls.latency : null,
            behindMs: hls && hls.playingDate ? Date.now() - hls.playingDate.getTime() : null,
            buffered: video.buffered.length, width: video.videoWidth, list: hls ? summary(hls.latestLevelDetails) : null };
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

    /* Changes to the size of that width, of those that the playlist offers, and stays with it. */
    const resize = (index, width) => {
        const { hls, shaka: shakaPlayer } = list[index];
        if (shakaPlayer) {
            shakaPlayer.configure('abr.enabled', false);
            shakaPlayer.selectVariantTrack(shakaPlayer.getVariantTracks().find(track => track.width === width), true);
            return;
        }
        hls.nextLevel = hls.levels.findIndex(level => level.width === width);
    };

    const requests = part => performance.getEntriesByType('resource').map(entry => entry.name)
        .filter(name => name.includes(part));

    const close = index => {
        const { hls, video, shaka, videoJs } = list[index];
        if (hls) {
            hls.destroy();
        }
        if (shaka) {
            shaka.destroy();
        }
        if (videoJs) {
            videoJs.dispose();
        }
        video.remove();
    };

    window.segments = { list, open, state, dated, seek, resize, requests, close };
})();
