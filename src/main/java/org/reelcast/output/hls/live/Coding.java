package org.reelcast.output.hls.live;

import java.util.Optional;
import org.reelcast.media.AacFormat;
import org.reelcast.media.H264Format;
import org.reelcast.mp4.write.MediaSegmentWriter;
import org.reelcast.mpegts.TransportStreamWriter;

/**
 * How the segments of a live stream are coded from one change on.
 *
 * @param mapName of the initialization segment
 */
record Coding(
        String mapName, Optional<H264Format> video, Optional<AacFormat> audio, MediaSegmentWriter mp4, byte[] map) {

    static Coding of(String mapName, Optional<H264Format> video, Optional<AacFormat> audio) {
        MediaSegmentWriter writer = new MediaSegmentWriter(video, audio);
        return new Coding(mapName, video, audio, writer, writer.initialization());
    }

    TransportStreamWriter transportStream() {
        return new TransportStreamWriter(video, audio);
    }
}
