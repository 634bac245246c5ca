/*
 * The SDK as a global `Flashphoner`, for pages made of classic scripts: <script src="/sdk/classic.js"></script>.
 * The constants that a script names while it loads are there at once (a test compares them with constants.js); the
 * functions when the window's `load` event comes, or when `Flashphoner.ready` resolves.
 */
(function () {
    'use strict';
    function same(names) {
        return names.split(' ').reduce(function (all, name) { all[name] = name; return all; }, {});
    }
    var resolveReady;
    var global = window.Flashphoner = {
        constants: {
            SESSION_STATUS: same('CONNECTED ESTABLISHED DISCONNECTED WARN FAILED DEBUG APP_DATA SEND_DATA_STATUS '
                + 'PENDING REGISTERED UNREGISTERED INCOMING_CALL'),
            STREAM_STATUS: same('NEW PENDING PUBLISHING PLAYING PAUSED UNPUBLISHED STOPPED FAILED PLAYBACK_PROBLEM '
                + 'RESIZE SNAPSHOT_COMPLETE NOT_ENOUGH_BANDWIDTH'),
            STREAM_EVENT: 'STREAM_EVENT',
            STREAM_EVENT_TYPE: {
                AUDIO_MUTED: 'audioMuted', AUDIO_UNMUTED: 'audioUnmuted',
                VIDEO_MUTED: 'videoMuted', VIDEO_UNMUTED: 'videoUnmuted',
                DATA: 'data', RESIZE: 'resize', NOT_ENOUGH_BANDWIDTH: 'notEnoughBandwidth',
                SNAPSHOT_COMPLETED: 'snapshotCompleted', SNAPSHOT_FAILED: 'snapshotFailed',
                RECORDING_FAILED: 'recordingFailed', UNMUTE_REQUIRED: 'unmuteRequired'
            },
            CONNECTION_QUALITY: same('PERFECT GOOD BAD UNKNOWN UPDATE'),
            TRANSPORT_TYPE: same('UDP TCP'),
            MEDIA_DEVICE_KIND: {OUTPUT: 'output', INPUT: 'input', ALL: 'all'}
        },
        ready: new Promise(function (resolve) { resolveReady = resolve; })
    };
    window.addEventListener('reelcast-sdk', function (event) {
        Object.assign(global, event.detail);
        resolveReady(global);
    }, {once: true});
    // A script element rather than import(): the window's load event waits for it.
    var script = document.createElement('script');
    script.type = 'module';
    script.src = new URL('classic-load.js', document.currentScript.src).href;
    document.head.appendChild(script);
}());
