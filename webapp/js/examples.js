import {ports} from './address.js';
import {showAddresses} from './copyable.js';
import {byId} from './elements.js';
import {addresses} from './hlsaddress.js';

/** What stands under "Use it elsewhere", with this server's address and the chosen stream in them. */
export function writeExamples(location, socketUrl, streamName) {
    const link = new URL(location.pathname, location.origin);
    link.searchParams.set('streamName', streamName);
    link.searchParams.set('autoplay', 'true');
    byId('exampleLink').textContent = link.href;

    showAddresses(byId('addresses'), addresses(new URL(location.pathname, location.origin), streamName));

    byId('exampleScript').textContent = `<div id="film"></div>
<script type="module">
  import Flashphoner, {SESSION_STATUS} from '${location.origin}/sdk/index.js';

  Flashphoner.createSession({urlServer: ${quoted(socketUrl)}})
    .on(SESSION_STATUS.ESTABLISHED, (session) => session.createStream({
      name: ${quoted(streamName)},
      display: document.getElementById('film')
    }).play());
</script>`;

    const scheme = location.protocol === 'https:' ? 'https' : 'http';
    const film = streamName.replace(/^vod:/, 'vod-live:');
    const body = JSON.stringify({uri: film, localStreamName: 'channel1', loop: true}).replaceAll("'", '%27');
    byId('exampleRest').textContent =
        `curl -H 'Content-Type: application/json' \\\n  -d '${body}' \\\n  `
        + `${scheme}://${location.hostname || 'localhost'}:${ports()[scheme]}/rest-api/vod/startup`;
}

function quoted(text) {
    return "'" + text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('</', '<\\/') + "'";
}
