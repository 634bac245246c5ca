import {folder} from './address.js';
import {copyButton, showAddresses} from './copyable.js';
import {byId} from './elements.js';
import {addresses, filmLocation} from './hlsaddress.js';

/** The texts that can be taken elsewhere, by the element that shows each. */
const COPIED = {exampleLink: 'link', exampleEmbed: 'code for a page', exampleScript: 'script', exampleRest: 'REST call'};

/** Gives each text under "Use it elsewhere" its buttons. */
export function prepareExamples() {
    for (const [id, name] of Object.entries(COPIED)) {
        const text = () => byId(id).textContent;
        byId(id + 'Buttons').append(copyButton(name, text, () => byId(id)));
        if (navigator.share) {
            byId(id + 'Buttons').append(shareButton(name, () => (name === 'link' ? {url: text()} : {text: text()})));
        }
    }
}

/** Hands it to another program, as phones do. */
function shareButton(name, content) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'small';
    button.textContent = 'Share';
    button.setAttribute('aria-label', 'Share: ' + name);
    button.addEventListener('click', () => navigator.share(content()).catch(() => {})); // the user thought better of it
    return button;
}

/** What stands under "Use it elsewhere": addresses of this server, as this page reached it, and the chosen stream. */
export function writeExamples(location, socketUrl, ownSocketUrl, streamName) {
    const here = folder(location);
    byId('exampleLink').textContent = playerLink(here, '', socketUrl, ownSocketUrl, streamName);
    const frame = playerLink(here, 'embed', socketUrl, ownSocketUrl, streamName);
    byId('exampleEmbed').textContent = `<iframe src="${frame.replaceAll('&', '&amp;')}" width="960" height="540"
  style="border: 0; max-width: 100%; height: auto; aspect-ratio: 16 / 9" allow="autoplay; fullscreen; picture-in-picture" allowfullscreen></iframe>`;
    showAddresses(byId('addresses'), addresses(here, streamName));
    byId('exampleScript').textContent = `<div id="film"></div>
<script type="module">
  import Flashphoner, {SESSION_STATUS} from '${here.href}sdk/reelcast.js';

  Flashphoner.createSession({urlServer: ${quoted(socketUrl)}})
    .on(SESSION_STATUS.ESTABLISHED, (session) => session.createStream({
      name: ${quoted(streamName)},
      display: document.getElementById('film')
    }).play());
</script>`;
    byId('exampleBroadcast').hidden = !filmLocation(streamName);
    const body = JSON.stringify({uri: 'vod-live://' + filmLocation(streamName), localStreamName: 'channel1', loop: true}).replaceAll("'", "'\\''");
    byId('exampleRest').textContent = `curl -H 'Content-Type: application/json' \\\n  -d '${body}' \\\n  `
        + `${here.href}rest-api/vod/startup`;
}

/** A page that plays at once. */
function playerLink(here, page, socketUrl, ownSocketUrl, streamName) {
    const link = new URL(page, here);
    link.searchParams.set('streamName', streamName);
    if (socketUrl !== ownSocketUrl) {
        link.searchParams.set('urlServer', socketUrl);
    }
    link.searchParams.set('autoplay', 'true');
    return link.href;
}

function quoted(text) {
    return "'" + text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('</', '<\\/') + "'";
}
