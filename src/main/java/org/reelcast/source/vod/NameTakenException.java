package org.reelcast.source.vod;

import org.reelcast.stream.StreamInfo;

/** A stream of that name plays already. */
public final class NameTakenException extends VodException {
    private static final long serialVersionUID = 1L;

    NameTakenException(String name) {
        super(StreamInfo.STREAM_NAME_ALREADY_IN_USE, "A stream named '" + name + "' plays already");
    }
}
