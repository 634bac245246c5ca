/** The player alone, for frames in pages of others: what to play stands in the address. */
import {defaultSocketUrl, playerParameters} from './address.js';
import {Controls} from './controls.js';
import {byId} from './elements.js';
import {Film} from './film.js';
import {PlayerView} from './playerview.js';

const parameters = playerParameters(location.search);
const view = new PlayerView([], []);
const film = new Film(view, byId('remoteVideo'), parameters, location);

function start() {
    const name = parameters.streamName.trim();
    if (name) {
        film.start(name, parameters.urlServer || defaultSocketUrl(location));
    } else {
        view.failed('', {
            title: 'No film is named', advice: [['The address of this frame ends with ',
                {code: '?streamName=vod://film.mp4'}, ', or another name.']]
        });
    }
}

function toggle() {
    if (!view.isActive) {
        start();
    } else if (view.state !== 'stopping') {
        film.stop();
    }
}

byId('retryBtn').hidden = !parameters.streamName.trim();
new Controls(film, view, toggle, parameters.muted);

if (parameters.autoplay) {
    start();
}
