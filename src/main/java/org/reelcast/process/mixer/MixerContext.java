package org.reelcast.process.mixer;

import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.reelcast.live.decode.Decoders;
import org.reelcast.live.encode.EncoderContext;
import org.reelcast.live.images.ImageFolder;
import org.reelcast.loop.MediaLoop;
import org.reelcast.stream.Streams;

/**
 * By what mixers work.
 *
 * @param streams   where inputs are found, and what is mixed
 * @param loops     gives one for a mixer to live on, which tells the times
 * @param decoders  of the inputs
 * @param encoding  of what is mixed
 * @param composing runs what makes pictures, as many at a time as there are cores for it
 * @param mixing    runs what makes sound, which is soon done and must not wait for pictures
 * @param images    that may be avatars and backgrounds
 */
record MixerContext(
        Streams streams,
        Supplier<MediaLoop> loops,
        Decoders decoders,
        EncoderContext encoding,
        Executor composing,
        Executor mixing,
        ImageFolder images) {}
