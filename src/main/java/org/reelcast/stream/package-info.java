/**
 * The hub: streams by name, their tracks, who holds them, how frames reach subscribers. It knows no transport and no
 * file.
 */
package org.reelcast.stream;
