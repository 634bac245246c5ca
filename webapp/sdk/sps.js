/** Reads what a sequence parameter set says of the picture's size (ITU-T H.264, 7.3.2.1.1). */
const WITH_CHROMA_FORMAT = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);

class Bits {
    #bytes;
    #at = 0;

    constructor(nal) {
        // without emulation prevention bytes
        this.#bytes = [...nal].filter((byte, i) => !(byte === 3 && nal[i - 1] === 0 && nal[i - 2] === 0));
    }

    read(count) {
        let value = 0;
        for (let i = 0; i < count; i++, this.#at++) {
            value = value * 2 + (this.#bytes[this.#at >> 3] >> 7 - (this.#at & 7) & 1);
        }
        return value;
    }

    ue() {
        let zeros = 0;
        while (zeros < 31 && this.read(1) === 0) {
            zeros++;
        }
        return 2 ** zeros - 1 + this.read(zeros);
    }

    se() {
        const code = this.ue();
        return code % 2 ? (code + 1) / 2 : -code / 2;
    }
}

/** @param {Uint8Array} sps the NAL unit @returns {[number, number]} width and height in pixels */
export function pictureSize(sps) {
    const bits = new Bits(sps.subarray(1));
    const profile = bits.read(8);
    bits.read(16);
    bits.ue();
    let chroma = 1;
    if (WITH_CHROMA_FORMAT.has(profile)) {
        chroma = bits.ue();
        if (chroma === 3) {
            bits.read(1);
        }
        bits.ue();
        bits.ue();
        bits.read(1);
        if (bits.read(1)) {
            skipScaling(bits, chroma === 3 ? 12 : 8);
        }
    }
    bits.ue();
    const order = bits.ue();
    if (order === 0) {
        bits.ue();
    } else if (order === 1) {
        bits.read(1);
        bits.se();
        bits.se();
        for (let left = bits.ue(); left > 0; left--) {
            bits.se();
        }
    }
    bits.ue();
    bits.read(1);
    const width = 16 * (1 + bits.ue());
    const rows = 1 + bits.ue();
    const fields = bits.read(1) ? 1 : 2;
    if (fields === 2) {
        bits.read(1);
    }
    bits.read(1);
    const height = 16 * fields * rows;
    if (!bits.read(1)) {
        return [width, height];
    }
    const across = (bits.ue() + bits.ue()) * (chroma === 1 || chroma === 2 ? 2 : 1);
    const down = (bits.ue() + bits.ue()) * (chroma === 1 ? 2 : 1) * fields;
    return [width - across, height - down];
}

function skipScaling(bits, lists) {
    for (let list = 0; list < lists; list++) {
        if (bits.read(1)) {
            for (let i = 0, last = 8, next = 8; i < (list < 6 ? 16 : 64) && next !== 0; i++) {
                next = (last + bits.se() + 256) % 256;
                last = next || last;
            }
        }
    }
}
