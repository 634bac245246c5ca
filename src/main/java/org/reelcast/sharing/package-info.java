/** Helpers for what several threads or users need once: reference counts, and work that the first one does for all. */
package org.reelcast.sharing;
