/** What the server sends on a media socket (docs/mse.md): records of a head of nine bytes and a body. */
const HEAD = 9;
const PICTURE = 9;
const KEY = 0x17;
const BODY_OF_PICTURE = 5;

/**
 * Takes a message apart.
 * @param {ArrayBuffer} message whole records
 * @returns {Array<{isPicture: boolean, isConfig: boolean, isKey: boolean, timeMs: number, bytes: Uint8Array}>}
 */
export function records(message) {
    const view = new DataView(message);
    const found = [];
    for (let at = 0; at + HEAD < message.byteLength;) {
        const length = view.getUint32(at + 5);
        const isPicture = view.getUint8(at) === PICTURE;
        const body = new Uint8Array(message, at + HEAD, length);
        found.push({
            isPicture, timeMs: view.getInt32(at + 1), isKey: !isPicture || body[0] === KEY,
            isConfig: isPicture ? body[0] === KEY && body[1] === 0 : body[0] === 0,
            bytes: body.subarray(isPicture ? BODY_OF_PICTURE : 1)
        });
        at += HEAD + length;
    }
    return found;
}
