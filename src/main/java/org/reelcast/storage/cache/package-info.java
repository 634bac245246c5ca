/** Blocks of remote films kept on disk, bounded, shared by all readers. */
package org.reelcast.storage.cache;
