import assert from 'node:assert/strict';
import {test} from 'node:test';
import {asFilm, certificateUrl, defaultSocketUrl, isSecure, learnPorts, playerParameters, secureUrl, socketUrlFault,
    titleOf, webUrl} from '../../../webapp/js/address.js';

const http = new URL('http://films.example.org:8081/?streamName=a');

test('the socket is where the page is, whatever port, proxy and folder', () => {
    assert.equal(defaultSocketUrl(http), 'ws://films.example.org:8081/ws');
    assert.equal(defaultSocketUrl(new URL('https://films.example.org/')), 'wss://films.example.org/ws');
    assert.equal(defaultSocketUrl(new URL('https://example.org/films/index.html?a#b')), 'wss://example.org/films/ws');
    assert.equal(defaultSocketUrl(new URL('https://example.org/films/embed?a/b')), 'wss://example.org/films/ws');
    assert.equal(defaultSocketUrl(new URL('http://[::1]:9081/')), 'ws://[::1]:9081/ws');
    assert.equal(defaultSocketUrl(new URL('file:///home/me/index.html')), 'ws://localhost:8080');
});

test('the same page by https: at the server\'s own port, and at the usual one behind a proxy', () => {
    learnPorts({http: 8081, https: 9444});
    assert.equal(secureUrl(http), 'https://films.example.org:9444/?streamName=a');
    assert.equal(secureUrl(new URL('http://films.example.org/x?streamName=a')),
        'https://films.example.org/x?streamName=a');
    learnPorts(undefined);
});

test('a certificate is accepted where the socket is', () => {
    assert.equal(certificateUrl('wss://host:8443/abc?x=1'), 'https://host:8443/abc');
    assert.equal(certificateUrl('wss://host:8444/ws'), 'https://host:8444/');
});

test('the pages of a server are found from its socket', () => {
    assert.equal(webUrl('ws://films.example.org:8080', http), 'http://films.example.org:8081/');
    assert.equal(webUrl('wss://other.org:8443', http), 'https://other.org:8444/');
    assert.equal(webUrl('wss://other.org/films/ws', http), 'https://other.org/films/');
});

test('a bare file name may mean a film', () => {
    assert.equal(asFilm('sample.mp4'), 'vod://sample.mp4');
    assert.equal(asFilm('/folder/Der Film.MP4'), 'vod://folder/Der Film.MP4');
    assert.equal(asFilm('song.m4a'), 'vod://song.m4a', 'as the server lists it');
    assert.equal(asFilm('talk'), '');
    assert.equal(asFilm('vod://a.mp4'), '');
    assert.equal(titleOf('vod://folder/Der Film.mp4'), 'Der Film.mp4');
    assert.equal(titleOf('talk/a'), 'talk/a');
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
        {streamName: 'vod://a b.mp4', urlServer: '', autoplay: true, muted: false, playWidth: 640, playHeight: 360,
            mediaProvider: 'WebRTC'});
    assert.equal(playerParameters('?autoplay=false').autoplay, false);
    assert.equal(playerParameters('?resolution=big').playWidth, 0);
});

test('a link cannot send the player to anything but a WebSocket', () => {
    assert.equal(playerParameters('?urlServer=wss://other:8443').urlServer, 'wss://other:8443');
    assert.equal(playerParameters('?urlServer=javascript:alert(1)').urlServer, '');
});
