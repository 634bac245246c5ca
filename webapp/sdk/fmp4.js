/**
 * Writes fragmented MP4 for a browser's SourceBuffers (ISO/IEC 14496-12): for each track an initialisation segment, then
 * fragments. Times of pictures are in ms, those of sound in samples.
 */
import {pictureSize} from './sps.js';

const PICTURE_TIMESCALE = 1000;
const SYNC = 0x02000000;
const NO_SYNC = 0x01010000;
const MATRIX = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000];

const u8 = (...bytes) => Uint8Array.from(bytes);
const u16 = (...values) => u8(...values.flatMap((value) => [value >> 8 & 255, value & 255]));
const u32 = (...values) => u8(...values.flatMap((value) => [value >>> 24, value >> 16 & 255, value >> 8 & 255,
    value & 255]));
const text = (name) => u8(...[...name].map((letter) => letter.charCodeAt(0)));

/** Puts arrays of bytes one behind the other. */
export function joined(...parts) {
    const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
    parts.reduce((at, part) => {
        whole.set(part, at);
        return at + part.length;
    }, 0);
    return whole;
}

function box(type, ...parts) {
    const payload = joined(...parts);
    return joined(u32(8 + payload.length), text(type), payload);
}

/** A picture's track. @param {Uint8Array} avcC its AVCDecoderConfigurationRecord */
export function pictureTrack(avcC) {
    const size = pictureSize(avcC.subarray(8, 8 + (avcC[6] << 8 | avcC[7])));
    return {
        isPicture: true, timescale: PICTURE_TIMESCALE, size,
        mime: 'video/mp4; codecs="avc1.' + hex(avcC.subarray(1, 4)) + '"',
        media: box('vmhd', u32(1), u32(0, 0)),
        entry: box('avc1', u32(0), u16(0, 1), u32(0, 0, 0, 0), u16(...size), u32(0x480000, 0x480000, 0), u16(1),
            new Uint8Array(32), u16(0x18, 0xffff), box('avcC', avcC))
    };
}

/** A track of AAC. @param {Uint8Array} config its AudioSpecificConfig */
export function soundTrack(config) {
    const rate = [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350][
        (config[0] & 7) << 1 | config[1] >> 7] ?? 48000;
    const channels = config[1] >> 3 & 15;
    const specific = joined(u8(0x05, config.length), config);
    const decoder = joined(u8(0x04, 13 + specific.length, 0x40, 0x15, 0, 0, 0), u32(0, 0), specific);
    const descriptor = joined(u8(0x03, 3 + decoder.length + 3, 0, 1, 0), decoder, u8(0x06, 1, 2));
    return {
        isPicture: false, timescale: rate, size: [0, 0],
        mime: 'audio/mp4; codecs="mp4a.40.' + (config[0] >> 3) + '"',
        media: box('smhd', u32(0, 0)),
        entry: box('mp4a', u32(0), u16(0, 1), u32(0, 0), u16(channels, 16), u32(0), u16(rate, 0),
            box('esds', u32(0), descriptor))
    };
}

function hex(bytes) {
    return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('').toUpperCase();
}

/** What a SourceBuffer is given first. */
export function initialisation(track) {
    const empty = ['stts', 'stsc', 'stco'].map((type) => box(type, u32(0, 0)));
    const header = box('tkhd', u32(3, 0, 0, 1, 0, 0, 0, 0), u16(0, 0, track.isPicture ? 0 : 0x100, 0),
        u32(...MATRIX), u16(track.size[0], 0, track.size[1], 0));
    const media = box('mdia', box('mdhd', u32(0, 0, 0, track.timescale, 0), u16(0x55c4, 0)),
        box('hdlr', u32(0, 0), text(track.isPicture ? 'vide' : 'soun'), u32(0, 0, 0), u8(0)),
        box('minf', track.media, box('dinf', box('dref', u32(0, 1), box('url ', u32(1)))),
            box('stbl', box('stsd', u32(0, 1), track.entry), ...empty, box('stsz', u32(0, 0, 0)))));
    return joined(box('ftyp', text('iso5'), u32(0), text('iso5avc1')),
        box('moov', box('mvhd', u32(0, 0, 0, 1000, 0, 0x10000), u16(0x100, 0), u32(0, 0, ...MATRIX),
            u32(0, 0, 0, 0, 0, 0, 2)), box('trak', header, media), box('mvex', box('trex', u32(0, 1, 1, 0, 0, 0)))));
}

/**
 * One fragment.
 * @param {number} sequence from 1 on
 * @param {number} time of the first sample, in units of the track
 * @param {Array<{duration: number, key: boolean, bytes: Uint8Array}>} samples
 */
export function fragment(sequence, time, samples) {
    const entries = samples.flatMap(({duration, key, bytes}) => [duration, bytes.length, key ? SYNC : NO_SYNC]);
    const moof = (offset) => box('moof', box('mfhd', u32(0, sequence)),
        box('traf', box('tfhd', u32(0x20000, 1)),
            box('tfdt', u32(0x1000000, Math.floor(time / 2 ** 32), time % 2 ** 32)),
            box('trun', u32(0x701, samples.length, offset, ...entries))));
    return joined(moof(moof(0).length + 8), box('mdat', ...samples.map(({bytes}) => bytes)));
}
