/** The player page: a film or stream by its name, and where else it can be had. */
import {about, showVersion} from './about.js';
import {defaultSocketUrl, playerParameters, socketUrlFault} from './address.js';
import {Controls} from './controls.js';
import {byId, memory} from './elements.js';
import {prepareExamples, writeExamples} from './examples.js';
import {Film} from './film.js';
import {FilmList} from './filmlist.js';
import {PlayerView} from './playerview.js';

const parameters = playerParameters(location.search);
const streamName = byId('streamName');
const url = byId('url');
const view = new PlayerView(['playBtn'], ['streamName', 'url']);
const film = new Film(view, byId('remoteVideo'), parameters, location);
const films = new FilmList(location, play);

function start() {
    const [name, address] = [streamName.value.trim(), url.value.trim()];
    streamName.setCustomValidity(name ? '' : 'Type the name of a film or stream.');
    url.setCustomValidity(socketUrlFault(address, location.protocol));
    byId('server').open ||= !url.checkValidity();
    if (!byId('source').reportValidity()) {
        return;
    }
    remember(name, address);
    film.start(name, address);
}

/** Plays what is chosen by a click. */
function play(name) {
    if (view.isActive) {
        film.stop();
    }
    streamName.value = name;
    refreshExamples();
    start();
    byId('stage').focus({preventScroll: true});
    byId('stage').scrollIntoView({block: 'nearest'});
}

/** Names are kept for the next visit, and in the address for Back, reload and bookmarks. */
function remember(name, address) {
    memory.set('streamName', name);
    const here = new URL(location.href);
    here.searchParams.set('streamName', name);
    if (address !== defaultSocketUrl(location)) {
        here.searchParams.set('urlServer', address);
    } else {
        here.searchParams.delete('urlServer');
    }
    history.replaceState(null, '', here);
}

function toggle() {
    if (!view.isActive) {
        start();
    } else if (view.state !== 'stopping') {
        film.stop();
    }
}

function refreshExamples() {
    writeExamples(location, url.value.trim(), defaultSocketUrl(location), streamName.value.trim());
}

view.onFailure = (info) => /^File not found/.test(info) && films.suggest(film.name);
url.value = parameters.urlServer || defaultSocketUrl(location);
streamName.value = parameters.streamName || memory.get('streamName') || streamName.value;
byId('source').noValidate = true;
byId('source').addEventListener('submit', (event) => {
    event.preventDefault();
    toggle();
});
byId('source').addEventListener('input', () => {
    url.setCustomValidity('');
    streamName.setCustomValidity('');
    refreshExamples();
});
new Controls(film, view, toggle, parameters.muted);
prepareExamples();
refreshExamples();
films.show();
about(location).then((told) => showVersion(byId('version'), told));

if (parameters.autoplay) {
    start();
}
