package org.reelcast.source.vod;

import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.reelcast.rest.RequestBody;

/** Which VOD streams a request speaks of. A stream matches when all fields that the request gives do. */
final class VodCriteria {
    private VodCriteria() {}

    /** Any field that {@code find} shows. */
    static Predicate<VodDescription> find(RequestBody body) {
        Optional<String> id = body.string("localMediaSessionId");
        Optional<String> name = body.string("localStreamName");
        Optional<String> uri = body.string("uri");
        Optional<String> status = body.string("status");
        Optional<Boolean> hasAudio = body.bool("hasAudio");
        Optional<Boolean> hasVideo = body.bool("hasVideo");
        Optional<Boolean> record = body.bool("record");
        Optional<Boolean> loop = body.bool("loop");
        return vod -> matches(id, vod.localMediaSessionId())
                && matches(name, vod.localStreamName())
                && matches(uri, vod.uri())
                && matches(status, vod.status())
                && matches(hasAudio, vod.hasAudio())
                && matches(hasVideo, vod.hasVideo())
                && matches(record, vod.record())
                && matches(loop, vod.loop());
    }

    /**
     * What {@code terminate} goes by. Beside a stream name the scheme of the URI does not count, since WCS's own
     * example ends a {@code vod-live://} stream by its name and {@code vod://}.
     *
     * @return of name and URI
     */
    static BiPredicate<String, String> terminate(RequestBody body) {
        Optional<String> name = body.string("localStreamName");
        Optional<String> uri = body.string("uri");
        return (ofName, ofUri) -> matches(name, ofName)
                && (matches(uri, ofUri) || name.isPresent() && matches(uri.map(VodCriteria::file), file(ofUri)));
    }

    private static String file(String uri) {
        return uri.substring(uri.indexOf("://") + 1);
    }

    private static <T> boolean matches(Optional<T> wanted, T actual) {
        return wanted.isEmpty() || Objects.equals(wanted.get(), actual);
    }
}
