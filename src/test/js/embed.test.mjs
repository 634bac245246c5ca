import assert from 'node:assert/strict';
import {beforeEach, test} from 'node:test';
import {FakeWebSocket, install, settle} from './fakes.mjs';
import {Page} from './page.mjs';

/** The player alone, as it stands in frames. */
const page = new Page('embed.html');
const $ = (id) => page.element(id);

beforeEach(() => install());

test('what failed is tried again by a click, as there is no other Start', async () => {
    await page.open('embed.js', '?streamName=vod://film.mp4&autoplay=true');
    FakeWebSocket.last.accept();
    FakeWebSocket.last.say('getUserData', {authToken: 't'});
    await settle();
    const [{mediaSessionId}] = FakeWebSocket.last.heard('playStream');
    FakeWebSocket.last.say('notifyStreamStatusEvent', {mediaSessionId, status: 'FAILED', info: 'File not found'});
    await settle();
    assert.equal($('stage').dataset.state, 'failed');
    assert.match($('adviceText').text, /try again/);
    assert.equal($('retryBtn').hidden, false);
    $('retryBtn').click();
    await settle();
    assert.equal(FakeWebSocket.last.heard('playStream').length, 2);
    assert.equal($('advice').hidden, true);
});

test('a frame without a name says what its address lacks, and offers nothing that would not help', async () => {
    await page.open('embed.js', '?autoplay=true');
    assert.match($('adviceText').text, /streamName/);
    assert.equal($('retryBtn').hidden, true);
});
