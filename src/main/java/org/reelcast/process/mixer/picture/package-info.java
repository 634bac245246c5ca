/** The picture of a mixer: the inputs' pictures by their time, scaled into one canvas, with labels and images. */
package org.reelcast.process.mixer.picture;
