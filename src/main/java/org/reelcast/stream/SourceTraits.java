package org.reelcast.stream;

/**
 * What kind of source makes a stream, for outputs that serve kinds differently.
 *
 * @param live               whether somebody is live, and all want it at once; otherwise it is a film, of which one
 *                           viewer may be sent a frame a little later than another
 * @param keyFramesOnRequest whether the source makes a key frame when asked: then long groups of pictures are not kept
 * @param personal           whether the stream is for its one viewer: no other output may have it
 */
public record SourceTraits(boolean live, boolean keyFramesOnRequest, boolean personal) {
    public static final SourceTraits CAMERA = new SourceTraits(true, true, false);
    public static final SourceTraits BROADCAST_FILM = new SourceTraits(false, false, false);
    public static final SourceTraits PERSONAL_FILM = new SourceTraits(false, false, true);
}
