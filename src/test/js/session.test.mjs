import assert from 'node:assert/strict';
import {beforeEach, test} from 'node:test';
import Flashphoner, {SESSION_STATUS, STREAM_STATUS} from '../../../webapp/sdk/index.js';
import {FakeWebSocket, install, pass, settle} from './fakes.mjs';

let seen;
let server;

function open(options = {}) {
    seen = [];
    const session = Flashphoner.createSession({urlServer: 'ws://host:8080/any/path', ...options});
    for (const status of Object.values(SESSION_STATUS)) {
        session.on(status, (_session, detail) => seen.push(detail ? [status, detail] : status));
    }
    server = FakeWebSocket.last;
    return session;
}

function establish(options) {
    const session = open(options);
    server.accept();
    server.say('getUserData', {authToken: 'secret', status: 'ESTABLISHED'});
    return session;
}

beforeEach(() => install());

test('the greeting has the fields that servers read, and the answer establishes the session', () => {
    const session = open({appKey: 'films', custom: {user: 7}});
    assert.equal(server.url, 'ws://host:8080/any/path');
    assert.equal(session.status(), SESSION_STATUS.PENDING);
    server.accept();
    assert.deepEqual(server.sent, [{message: 'connection', data: [{
        appKey: 'films', mediaProviders: ['WebRTC', 'MSE'], msePacketizationVersion: 2, custom: {user: 7}, clientVersion: '2.0',
        clientOSVersion: '1.0', clientBrowserVersion: 'Test/1.0'}]}]);
    server.say('getUserData', {authToken: 'secret'});
    assert.equal(session.status(), SESSION_STATUS.ESTABLISHED);
    assert.deepEqual(seen, ['CONNECTED', ['ESTABLISHED', {authToken: 'secret'}]]);
    assert.ok(Flashphoner.getSessions().includes(session));
    session.disconnect();
});

test('a second getUserData starts nothing again', () => {
    establish();
    server.say('getUserData', {authToken: 'other'});
    assert.equal(seen.length, 2);
});

test('a ping is answered at once, with or without data', () => {
    establish();
    server.say('ping');
    server.raw('{"message":"ping"}');
    assert.deepEqual(server.heard('pong'), [null, null]);
});

test('unknown, broken and binary messages change nothing', () => {
    const session = establish();
    server.say('getVersion', '5.2.1');
    server.raw('{"message":"notifyStreamStatusEvent"}');
    server.raw('{"message":"setRemoteSDP","data":null}');
    server.raw('{"message":17,"data":[]}');
    server.raw('null');
    server.raw('no json');
    server.raw({binary: true});
    assert.equal(session.status(), SESSION_STATUS.ESTABLISHED);
});

test('a handler that throws does not stop the protocol', (t) => {
    globalThis.reportError = t.mock.fn();
    const session = open().on(SESSION_STATUS.CONNECTED, () => { throw new Error('the page is wrong'); });
    server.accept();
    server.say('getUserData', {});
    assert.equal(session.status(), SESSION_STATUS.ESTABLISHED);
    assert.equal(globalThis.reportError.mock.calls[0].arguments[0].message, 'the page is wrong');
    delete globalThis.reportError;
});

test('a server that is not there makes FAILED with a reason', () => {
    const session = open();
    server.break();
    server.drop();
    assert.deepEqual(seen, ['FAILED']);
    assert.equal(session.getInfo(), 'The connection could not be made');
    assert.ok(!Flashphoner.getSessions().includes(session));
});

test('a server that does not accept in time makes FAILED', () => {
    const session = open({timeout: 4000});
    pass(3999);
    assert.deepEqual(seen, []);
    pass(1);
    assert.deepEqual(seen, ['FAILED']);
    assert.match(session.getInfo(), /No answer within 4 s/);
});

test('a server that accepts and does not greet makes FAILED', () => {
    const session = open();
    server.accept();
    pass(15_000);
    assert.deepEqual(seen, ['CONNECTED', 'FAILED']);
    assert.match(session.getInfo(), /says nothing/);
});

test('a socket closed by the server, orderly or not, is DISCONNECTED', () => {
    for (const clean of [true, false]) {
        establish();
        server.drop(clean);
        assert.equal(seen.at(-1), 'DISCONNECTED');
    }
});

test('disconnect closes the socket and says DISCONNECTED once', () => {
    const session = establish();
    session.disconnect();
    session.disconnect();
    assert.equal(server.readyState, 3);
    assert.deepEqual(seen.slice(2), ['DISCONNECTED']);
});

test('a silent server is asked by a ping and given up after as long again', () => {
    const session = establish();
    pass(20_000);
    assert.equal(server.heard('ping').length, 1);
    assert.equal(session.status(), SESSION_STATUS.ESTABLISHED);
    pass(20_000);
    assert.equal(session.status(), SESSION_STATUS.FAILED);
    assert.match(session.getInfo(), /silent for 40 s/);
});

test('any message of the server counts as a sign of life', () => {
    const session = establish();
    for (let i = 0; i < 10; i++) {
        pass(15_000);
        server.say('ping');
    }
    assert.equal(session.status(), SESSION_STATUS.ESTABLISHED);
});

test('pingInterval pings whether or not the server speaks', () => {
    establish({pingInterval: 3000});
    pass(9000);
    assert.equal(server.heard('ping').length, 3);
});

test('createStream needs an established session', () => {
    const session = open();
    assert.throws(() => session.createStream({name: 'x'}), /ESTABLISHED/);
    assert.throws(() => Flashphoner.createSession({}), /urlServer/);
});

test('streams can be asked for right behind the greeting', () => {
    const session = open();
    session.on(SESSION_STATUS.CONNECTED, () => session.createStream({name: 'film'}).available().catch(() => {}));
    server.accept();
    assert.deepEqual(server.sent.map(({message}) => message), ['connection', 'availableStream']);
    session.disconnect();
});

test('a WebSocket that is open already is used', async () => {
    const early = new FakeWebSocket('ws://host:8080/any/path');
    early.readyState = 1;
    const session = open({webSocket: early});
    await settle();
    assert.equal(FakeWebSocket.all.length, 1);
    assert.equal(session.status(), SESSION_STATUS.CONNECTED);
    early.say('getUserData', {authToken: 'secret'});
    assert.equal(session.status(), SESSION_STATUS.ESTABLISHED);
    session.disconnect();
});

test('on refuses an event name that is undefined, as a misspelt constant is', () => {
    assert.throws(() => open().on(SESSION_STATUS.ESTABLISHD, () => {}), TypeError);
});

test('sendData settles with what the server says of it', async () => {
    const session = establish();
    const good = session.sendData({text: 'hello'});
    const bad = session.sendData('no');
    const [first, second] = server.heard('sendData');
    assert.deepEqual(first.payload, {text: 'hello'});
    server.say('DataStatusEvent', {operationId: second.operationId, status: 'FAILED', info: 'refused'});
    server.say('DataStatusEvent', {operationId: first.operationId, status: 'ACCEPTED'});
    assert.equal((await good).status, 'ACCEPTED');
    await assert.rejects(bad, (answer) => answer.info === 'refused');
});

test('sendData rejects when no answer comes and when the connection ends', async () => {
    const session = establish();
    const silent = session.sendData(1);
    pass(10_000);
    await assert.rejects(silent, (answer) => /did not answer/.test(answer.info));
    const cut = session.sendData(2);
    server.drop();
    await assert.rejects(cut, (answer) => /lost/.test(answer.info));
    await assert.rejects(session.sendData(3), (answer) => /lost/.test(answer.info));
});

test('application data, warnings and debug news reach their handlers', () => {
    establish();
    server.say('OnDataEvent', {payload: {a: 1}});
    server.say('fail', {apiMethod: 'sendData', info: 'no'});
    server.say('notifySessionDebugEvent', {status: 'on'});
    assert.deepEqual(seen.slice(2), [['APP_DATA', {payload: {a: 1}}], ['WARN', {apiMethod: 'sendData', info: 'no'}],
        ['DEBUG', {status: 'on'}]]);
});

test('fail about a stream is that stream\'s status', async () => {
    const session = establish();
    const stream = session.createStream({name: 'vod://a.mp4'});
    stream.play();
    await settle();
    server.say('fail', {apiMethod: 'StreamStatusEvent', id: stream.id(), status: 'FAILED', info: 'Session not ready'});
    assert.equal(stream.status(), STREAM_STATUS.FAILED);
    assert.equal(stream.getInfo(), 'Session not ready');
});
