/*
 * Runs before any script of the page, beside measure.js. Keeps what the page hands to the browser to play by MSE and
 * looks how that plays, without changing it.
 *
 * window.reelcastMse: { tracks: [{ type, bytes: [Uint8Array] }], frames, dropped, gaps, currentTime, behind, stalls,
 *     firstFrame, opened, jumps }
 * gaps: most ranges that a buffer fell into; behind: s that are buffered and not shown; firstFrame, opened: ms of the
 * page's clock; jumps: [from, to] where playing was moved.
 */
(() => {
    'use strict';
    const seen = { tracks: [], frames: 0, dropped: 0, ranges: 0, currentTime: 0, behind: 0, stalls: 0,
        firstFrame: 0, asked: 0, jumps: [], maxBehind: 0, shown: [] };
    window.reelcastMse = seen;

    const add = MediaSource.prototype.addSourceBuffer;
    MediaSource.prototype.addSourceBuffer = function (type) {
        const buffer = add.call(this, type);
        const track = { type, bytes: [], buffer };
        seen.tracks.push(track);
        const append = buffer.appendBuffer;
        buffer.appendBuffer = data => {
            append.call(buffer, data);
            track.bytes.push(new Uint8Array(data.slice ? data.slice(0) : data));
        };
        return buffer;
    };
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function (data) {
        if (typeof data === 'string' && data.includes('"playStream"')) {
            seen.asked = performance.now();
        }
        return send.call(this, data);
    };
    window.reelcastMseBytes = index => {
        let text = '';
        for (const part of seen.tracks[index].bytes) {
            for (let i = 0; i < part.length; i += 0x8000) {
                text += String.fromCharCode.apply(null, part.subarray(i, i + 0x8000));
            }
        }
        return btoa(text);
    };
    const watched = new WeakSet();
    setInterval(() => {
        document.querySelectorAll('video').forEach(video => {
            if (!watched.has(video)) {
                watched.add(video);
                const onFrame = (now, frame) => {
                    seen.firstFrame = seen.firstFrame || now;
                    seen.shown.push([Math.round(now), Math.round(frame.mediaTime * 1000), frame.presentedFrames]);
                    video.requestVideoFrameCallback(onFrame);
                };
                video.requestVideoFrameCallback(onFrame);
                video.addEventListener('waiting', () => { seen.stalls += video.currentTime > 0 ? 1 : 0; });
                video.addEventListener('seeking', () => seen.jumps.push([seen.currentTime, video.currentTime]));
            }
            const quality = video.getVideoPlaybackQuality();
            seen.frames = Math.max(seen.frames, quality.totalVideoFrames);
            seen.dropped = Math.max(seen.dropped, quality.droppedVideoFrames);
            if (video.readyState > 0) {
                seen.currentTime = video.currentTime;
                seen.behind = video.buffered.length ? video.buffered.end(video.buffered.length - 1) - video.currentTime
                    : 0;
                seen.maxBehind = Math.max(seen.maxBehind, seen.behind);
            }
        });
        seen.tracks.forEach(track => {
            try {
                seen.ranges = Math.max(seen.ranges, track.buffer.buffered.length);
            } catch (removed) {
                /* the player is closed */
            }
        });
    }, 50);
})();
