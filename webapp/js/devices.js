import {getMediaDevices} from '../sdk/index.js';
import {byId} from './elements.js';

/** Lists cameras and microphones by name; browsers tell the names once the user has allowed access. */
export async function listDevices() {
    if (!navigator.mediaDevices?.enumerateDevices) {
        return;
    }
    const {audio, video} = await getMediaDevices();
    fill(byId('camera'), video);
    fill(byId('microphone'), audio);
}

function fill(select, devices) {
    const chosen = select.value;
    const named = devices.filter((device) => device.label && device.id && device.id !== 'default');
    const [first, ...rest] = [...select.children];
    const none = rest.at(-1);
    select.replaceChildren(first, ...named.map(option), none);
    select.value = named.some((device) => device.id === chosen) || chosen === 'none' ? chosen : '';
}

function option({id, label}) {
    const made = document.createElement('option');
    made.value = id;
    made.textContent = label;
    return made;
}

/** What to ask the browser for, from the page's fields. */
export function constraints() {
    const [width, height] = byId('picture').value.split('x').map(Number);
    const chosen = (select) => (select.value ? {deviceId: {exact: select.value}} : {});
    return {
        audio: byId('microphone').value !== 'none' && {...chosen(byId('microphone')), echoCancellation: true,
            noiseSuppression: true, autoGainControl: true},
        video: byId('camera').value !== 'none' && {...chosen(byId('camera')), width: {ideal: width},
            height: {ideal: height}, frameRate: {ideal: 30}}
    };
}
