/** The sound of a mixer: samples of each input by their time, their sum, and what keeps that from clipping. */
package org.reelcast.process.mixer.sound;
