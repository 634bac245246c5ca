/** Where a mixer shows its inputs on the canvas. */
package org.reelcast.process.mixer.layout;
