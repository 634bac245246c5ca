/** Snapshots: the picture that a stream shows now, as PNG or JPEG, in its right colours, shape and orientation. */
package org.reelcast.output.snapshot;
