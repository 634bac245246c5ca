package org.reelcast.source.vod;

import java.util.concurrent.Executor;

/**
 * Who reads films ahead of play-out.
 *
 * @param local   for films on this machine's disks
 * @param remote  for those of a store, which mostly wait
 * @param encoded for those that wait for an encoder
 */
record Readers(Executor local, Executor remote, Executor encoded) {

    Executor of(Film film) {
        if (film.remote().isPresent()) {
            return remote;
        }
        return film.isEncoded() ? encoded : local;
    }

    /** Who opens the film behind a URI. */
    Executor ofUri(String uri) {
        return S3Films.isS3(uri) ? remote : local;
    }
}
