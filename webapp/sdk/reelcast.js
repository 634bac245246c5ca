/** The SDK's stable address, for pages anywhere: `import Flashphoner from 'https://HOST/sdk/reelcast.js'`. */
export * from './index.js';
export {default} from './index.js';
