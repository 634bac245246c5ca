import assert from 'node:assert/strict';
import {test} from 'node:test';
import {addresses, filmLocation, playlist} from '../../../webapp/js/hlsaddress.js';

const BASE = 'https://films.example/tv/hls.html?streamName=x';

test('a personal film is played whole, a broadcast and a stream live', () => {
    assert.equal(playlist(BASE, 'vod://folder/my film.mp4'),
        'https://films.example/tv/hls/vod/folder/my%20film.mp4/index.m3u8');
    assert.equal(playlist(BASE, 'vod-live://folder/film.mp4'),
        'https://films.example/tv/hls/vod-live%3A%2F%2Ffolder%2Ffilm.mp4/index.m3u8');
    assert.equal(playlist(BASE, 'folder/film.mp4'), 'https://films.example/tv/hls/vod/folder/film.mp4/index.m3u8');
    assert.equal(playlist(BASE, 'camera 1'), 'https://films.example/tv/hls/camera%201/index.m3u8');
});

test('an address in S3 is one part of the path', () => {
    assert.equal(playlist(BASE, 'vod://s3/https://store.example/bucket/a b.mp4'),
        'https://films.example/tv/hls/vod/s3/https%3A%2F%2Fstore.example%2Fbucket%2Fa%20b.mp4/index.m3u8');
    assert.equal(playlist(BASE, 'vod://s3/bucket/film.mp4'),
        'https://films.example/tv/hls/vod/s3/bucket/film.mp4/index.m3u8');
});

test('a film has addresses as a whole and live, a stream live alone', () => {
    assert.equal(filmLocation('vod-live://film.mp4'), 'film.mp4');
    assert.equal(filmLocation('film.mp4'), 'film.mp4');
    assert.equal(filmLocation('camera'), '');
    assert.deepEqual(addresses(BASE, 'vod://film.mp4').map(([, address]) => new URL(address).pathname), [
        '/tv/hls/vod/film.mp4/index.m3u8', '/tv/hls/vod/film.mp4/manifest.mpd',
        '/tv/hls/vod-live%3A%2F%2Ffilm.mp4/index.m3u8',
        '/tv/hls/vod-live%3A%2F%2Ffilm.mp4/vod-live%3A%2F%2Ffilm.mp4.m3u8']);
    assert.equal(addresses(BASE, 'camera').length, 2);
});
