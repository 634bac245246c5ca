/** Images of the server's own folder, to be laid on pictures that are made here. */
package org.reelcast.live.images;
