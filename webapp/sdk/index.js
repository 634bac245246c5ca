/**
 * Reelcast's browser SDK: `import Flashphoner, {SESSION_STATUS, STREAM_STATUS} from '/sdk/index.js'`.
 * See docs/sdk.md.
 */
import * as Flashphoner from './flashphoner.js';

export * from './constants.js';
export * from './flashphoner.js';
export {Flashphoner, Flashphoner as default};
