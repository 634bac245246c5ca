import assert from 'node:assert/strict';
import {test} from 'node:test';
import {certificateUrl, defaultSocketUrl, isSecure, playerParameters, ports, secureUrl, socketUrlFault} from
    '../../../webapp/js/address.js';

const http = new URL('http://films.example.org:8081/?streamName=a');

test('the socket\'s address follows the page\'s protocol', () => {
    assert.equal(defaultSocketUrl(http), 'ws://films.example.org:8080');
    assert.equal(defaultSocketUrl(new URL('https://films.example.org:8444/')), 'wss://films.example.org:8443');
    assert.equal(defaultSocketUrl(new URL('http://[::1]:8081/')), 'ws://[::1]:8080');
});

test('SERVER_PORTS of the page wins', () => {
    globalThis.SERVER_PORTS = {ws: 9080};
    assert.equal(defaultSocketUrl(http), 'ws://films.example.org:9080');
    assert.equal(ports().wss, 8443);
    delete globalThis.SERVER_PORTS;
});

test('the same page by https', () => {
    assert.equal(secureUrl(http), 'https://films.example.org:8444/?streamName=a');
    assert.equal(certificateUrl('wss://host:8443/abc?x=1'), 'https://host:8443/abc');
});

test('secure is https or this very machine', () => {
    assert.ok(!isSecure(http));
    assert.ok(!isSecure(new URL('http://192.168.1.7:8081/')));
    for (const url of ['https://a/', 'http://localhost:8081/', 'http://127.0.0.1/', 'http://[::1]/']) {
        assert.ok(isSecure(new URL(url)), url);
    }
});

test('a WebSocket address is checked before it is used', () => {
    assert.equal(socketUrlFault('ws://host:8080/any', 'http:'), '');
    assert.equal(socketUrlFault('wss://host', 'https:'), '');
    assert.match(socketUrlFault('host:8080', 'http:'), /begins with|no address/);
    assert.match(socketUrlFault('http://host', 'http:'), /begins with ws/);
    assert.match(socketUrlFault('nothing', 'http:'), /no address/);
    assert.match(socketUrlFault('ws://host', 'https:'), /only use wss/);
});

test('the player\'s URL parameters are read as the original reads them', () => {
    assert.deepEqual(
        playerParameters('?streamName=vod%3A%2F%2Fa%20b.mp4&autoplay=true&resolution=640x360&mediaProvider=WebRTC'),
        {streamName: 'vod://a b.mp4', urlServer: '', autoplay: true, playWidth: 640, playHeight: 360,
            mediaProvider: 'WebRTC'});
    assert.equal(playerParameters('?autoplay=false').autoplay, false);
    assert.equal(playerParameters('?resolution=big').playWidth, 0);
});

test('a link cannot send the player to anything but a WebSocket', () => {
    assert.equal(playerParameters('?urlServer=wss://other:8443').urlServer, 'wss://other:8443');
    assert.equal(playerParameters('?urlServer=javascript:alert(1)').urlServer, '');
});
