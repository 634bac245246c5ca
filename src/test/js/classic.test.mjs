import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import vm from 'node:vm';
import {constants, Flashphoner} from '../../../webapp/sdk/index.js';

function runClassic() {
    const added = [];
    const window = new EventTarget();
    const document = {
        currentScript: {src: 'https://host:8444/sdk/classic.js'},
        createElement: () => ({}),
        head: {appendChild: (script) => added.push(script)}
    };
    const code = readFileSync(new URL('../../../webapp/sdk/classic.js', import.meta.url), 'utf8');
    vm.runInNewContext(code, {window, document, URL});
    return {window, added};
}

test('the classic script has the constants at once, and the same ones', () => {
    const {window} = runClassic();
    for (const [name, value] of Object.entries(JSON.parse(JSON.stringify(window.Flashphoner.constants)))) {
        assert.deepEqual(value, JSON.parse(JSON.stringify(constants[name])), name);
    }
    const later = Object.keys(constants).filter((name) => !(name in window.Flashphoner.constants));
    assert.deepEqual(later, ['STREAM_STATUS_INFO']);
});

test('the classic script gets the functions from the module beside it', async () => {
    const {window, added} = runClassic();
    assert.deepEqual(added, [{type: 'module', src: 'https://host:8444/sdk/classic-load.js'}]);
    globalThis.window = window;
    await import('../../../webapp/sdk/classic-load.js');
    delete globalThis.window;
    const ready = await window.Flashphoner.ready;
    assert.equal(ready, window.Flashphoner);
    assert.equal(ready.createSession, Flashphoner.createSession);
    assert.equal(ready.constants, constants);
});
