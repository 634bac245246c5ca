/**
 * The browser and the server as the SDK sees them: a WebSocket whose other end is the test, a peer connection that
 * remembers what it was told, a video element. Timers are node:test's, so nobody waits.
 */
import {mock} from 'node:test';

export class FakeWebSocket {
    static all = [];
    readyState = 0;
    sent = [];

    constructor(url) {
        this.url = url;
        FakeWebSocket.all.push(this);
    }

    static get last() {
        return FakeWebSocket.all.at(-1);
    }

    send(text) {
        this.sent.push(JSON.parse(text));
    }

    close() {
        this.readyState = 3;
    }

    /* The server's side. */

    accept() {
        this.readyState = 1;
        this.onopen({});
    }

    say(message, ...data) {
        this.onmessage?.({data: JSON.stringify({message, data})});
    }

    raw(data) {
        this.onmessage?.({data});
    }

    drop(wasClean = false) {
        this.readyState = 3;
        this.onclose?.({wasClean, code: 1006, reason: ''});
    }

    break() {
        this.readyState = 3;
        this.onerror?.({});
    }

    /** The bodies of the messages of this name, oldest first. */
    heard(message) {
        return this.sent.filter((envelope) => envelope.message === message).map((envelope) => envelope.data[0]);
    }
}

export class FakePeerConnection {
    static all = [];
    static answerFault = null;
    transceivers = [];
    connectionState = 'new';
    closed = false;
    report = new Map();

    constructor(configuration) {
        this.configuration = configuration;
        FakePeerConnection.all.push(this);
    }

    static get last() {
        return FakePeerConnection.all.at(-1);
    }

    addTransceiver(trackOrKind, init) {
        const transceiver = {
            kind: trackOrKind.kind ?? trackOrKind, ...init,
            setCodecPreferences(codecs) { this.codecs = codecs.map((codec) => codec.mimeType); }
        };
        this.transceivers.push(transceiver);
        return transceiver;
    }

    async createOffer() {
        return {type: 'offer', sdp: 'v=0 offer'};
    }

    async setLocalDescription(description) {
        this.localDescription = description;
    }

    async setRemoteDescription(description) {
        if (FakePeerConnection.answerFault) {
            throw new Error(FakePeerConnection.answerFault);
        }
        this.remoteDescription = description;
    }

    getSenders() {
        return [];
    }

    async getStats() {
        return this.report;
    }

    close() {
        this.closed = true;
        this.connectionState = 'closed';
    }

    become(state) {
        this.connectionState = state;
        this.onconnectionstatechange?.();
    }
}

export class FakeMediaSource extends EventTarget {
    static last = null;
    static isTypeSupported = () => true;
    readyState = 'closed';
    buffers = [];
    refuses = false;

    constructor() {
        super();
        FakeMediaSource.last = this;
    }

    open() {
        this.readyState = 'open';
        this.dispatchEvent(new Event('sourceopen'));
    }

    addSourceBuffer(mime) {
        if (this.refuses) {
            throw new Error('no ' + mime);
        }
        const buffer = Object.assign(new EventTarget(), {
            mime, appended: [], updating: false, buffered: {length: 0},
            appendBuffer: (bytes) => buffer.appended.push(bytes)
        });
        this.buffers.push(buffer);
        return buffer;
    }

    endOfStream() {
        this.readyState = 'ended';
    }
}

export class FakeMediaStream {
    constructor(tracks = []) {
        this.tracks = tracks;
    }

    getTracks() {
        return this.tracks;
    }

    addTrack(track) {
        this.tracks.push(track);
    }
}

export class FakeTrack extends EventTarget {
    enabled = true;
    readyState = 'live';

    constructor(kind) {
        super();
        this.kind = kind;
    }

    get stopped() {
        return this.readyState === 'ended';
    }

    stop() {
        this.readyState = 'ended';
    }

    /** Its device is pulled out. */
    unplug() {
        this.stop();
        this.dispatchEvent(new Event('ended'));
    }
}

/** Enough of an element for the SDK and the pages. */
export class FakeElement extends EventTarget {
    children = [];
    dataset = {};
    attributes = {};
    style = {setProperty(name, value) { this[name] = value; }};
    textContent = '';
    value = '';
    hidden = false;
    classList = {
        names: new Set(),
        toggle(name, isOn) { isOn ? this.names.add(name) : this.names.delete(name); }
    };

    constructor(tagName, id) {
        super();
        this.tagName = tagName.toUpperCase();
        this.id = id;
    }

    setAttribute(name, value) { this.attributes[name] = value; }
    getAttribute(name) { return this.attributes[name] ?? null; }
    removeAttribute(name) { delete this[name]; }
    load() {}
    async play() {}
    setCustomValidity(fault) { this.fault = fault; }
    checkValidity() { return !this.fault; }
    /** Of a form: whether the test's page has a field that was found wrong. */
    reportValidity() { return ![...(document.fields?.() ?? [])].some((field) => field.fault); }
    closest(selectors) {
        return selectors.split(', ').some((each) => each === this.tagName.toLowerCase() || each === '#' + this.id) ? this : null;
    }
    focus() { document.activeElement = this; }
    scrollIntoView() {}
    showModal() { this.open = true; }
    close() { this.open = false; }
    getContext() { return {drawImage: () => {}}; }
    appendChild(child) { this.children.push(child); child.parent = this; return child; }
    append(...children) { this.children.push(...children); }
    replaceChildren(...children) { this.children = children; }
    remove() { this.parent?.children.splice(this.parent.children.indexOf(this), 1); }
    querySelector(selector) {
        const [tag, last] = selector.split(':last-of-type');
        return this.children[last === undefined ? 'find' : 'findLast']((child) => child.tagName === tag.toUpperCase()) ?? null;
    }
    click() { this.dispatchEvent(new Event('click')); }

    /** All text in it. */
    get text() {
        return this.textContent + this.children.map((child) => child.text ?? child).join('');
    }
}

export class FakeVideo extends FakeElement {
    static forbidsSound = false;
    paused = true;
    muted = false;
    volume = 1;
    currentTime = 0;
    readyState = 0;
    srcObject = null;

    constructor() {
        super('video');
    }

    async play() {
        if (FakeVideo.forbidsSound && !this.muted) {
            throw Object.assign(new Error('no gesture'), {name: 'NotAllowedError'});
        }
        this.paused = false;
    }
}

const CODECS = {
    video: ['video/VP8', 'video/rtx', 'video/H264', 'video/AV1'],
    audio: ['audio/opus', 'audio/PCMU']
};

function getCapabilities(kind) {
    return {codecs: CODECS[kind].map((mimeType) => ({mimeType}))};
}

/** Puts the fakes in the browser's place; call before each test. */
export function install({userMedia = null} = {}) {
    mock.timers.reset();
    mock.timers.enable({apis: ['setTimeout', 'setInterval', 'Date']});
    FakeWebSocket.all = [];
    FakePeerConnection.all = [];
    FakePeerConnection.answerFault = null;
    FakeVideo.forbidsSound = false;
    Object.assign(globalThis, {
        MediaSource: FakeMediaSource, WebSocket: FakeWebSocket, RTCPeerConnection: FakePeerConnection, MediaStream: FakeMediaStream,
        RTCRtpReceiver: {getCapabilities}, RTCRtpSender: {getCapabilities},
        HTMLMediaElement: {HAVE_CURRENT_DATA: 2},
        localStorage: undefined, history: {replaceState: (_state, _title, url) => { globalThis.location = new URL(url); }},
        fetch: async () => { throw new TypeError('nobody answers'); },
        document: {title: 'Page', createElement: (tag) => (tag === 'video' ? new FakeVideo() : new FakeElement(tag))}
    });
    Object.assign(URL, {createObjectURL: () => 'blob:film', revokeObjectURL: () => {}});
    const mediaDevices = userMedia ? {getUserMedia: userMedia} : undefined;
    Object.defineProperty(globalThis, 'navigator',
        {configurable: true, value: {userAgent: 'Test/1.0', appVersion: '1.0', mediaDevices}});
}

/** Lets everything that waits for a promise go on. */
export async function settle() {
    for (let i = 0; i < 5; i++) {
        await new Promise(setImmediate);
    }
}

export function pass(ms) {
    mock.timers.tick(ms);
}
