/** Says what plays outside of the page: in its title, on the lock screen, to the keys of a headset. */

let ownTitle = null;

/** @param {string} title of what plays; empty when nothing does */
export function nowPlaying(title) {
    ownTitle ??= document.title;
    document.title = title ? title + ' · ' + ownTitle : ownTitle;
    const session = navigator.mediaSession;
    if (session && globalThis.MediaMetadata) {
        session.metadata = title ? new MediaMetadata({title, artist: location.hostname}) : null;
        session.playbackState = title ? 'playing' : 'none';
    }
}

/** @param {{play: function(), stop: function()}} actions for the keys of a headset and the lock screen */
export function onMediaKeys({play, stop}) {
    const session = navigator.mediaSession;
    for (const [name, action] of [['play', play], ['pause', stop], ['stop', stop]]) {
        try {
            session?.setActionHandler(name, action);
        } catch {
            // this browser does not know that key
        }
    }
}
