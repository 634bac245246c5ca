import {learnPorts} from './address.js';

/** What the server says of itself: `{version, commit, ports: {http, https}}`; empty when it cannot be asked. */
export async function about(location) {
    try {
        const answer = await fetch(new URL('about.json', location.href));
        const told = answer.ok ? await answer.json() : {};
        learnPorts(told.ports);
        return told;
    } catch {
        return {};
    }
}

/** Shows the version at the foot of the page. */
export function showVersion(element, {version, commit}) {
    element.textContent = version ? 'Reelcast ' + version + (commit ? ' (' + commit + ')' : '') : '';
}
