package org.reelcast.output.snapshot;

import org.reelcast.codec.ffmpeg.RawPicture;

/**
 * The picture of a stream that was to be seen at one moment. Equal to itself alone.
 *
 * @param size     in which it is to be seen
 * @param rotation degrees clockwise that it is to be turned by: 0, 90, 180 or 270
 */
record ShownPicture(RawPicture picture, ImageSize size, int rotation) {}
