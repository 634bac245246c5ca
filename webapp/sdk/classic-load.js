/** Hands the modules to classic.js. */
import {Flashphoner} from './index.js';

window.dispatchEvent(new CustomEvent('reelcast-sdk', {detail: {...Flashphoner}}));
