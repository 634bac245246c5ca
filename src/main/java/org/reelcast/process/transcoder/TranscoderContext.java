package org.reelcast.process.transcoder;

import java.util.concurrent.Executor;
import org.reelcast.live.decode.Decoders;
import org.reelcast.live.encode.EncoderContext;

/**
 * By what streams are transcoded.
 *
 * @param decoders give the sources' pictures
 * @param encoder  encodes them
 * @param encoding runs the encoders: a task for each, which is over when no picture waits
 * @param charges  whether the machine has the time
 */
record TranscoderContext(Decoders decoders, EncoderContext encoder, Executor encoding, TranscodingCosts charges) {}
