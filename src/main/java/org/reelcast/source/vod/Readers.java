package org.reelcast.source.vod;

import java.util.concurrent.Executor;

/**
 * Who opens films, and who reads them ahead of play-out. Each has threads of its own: what one of them waits for, a slow
 * disk, a store that does not answer, an encoder, is nothing to the others.
 *
 * @param local   reads films on this machine's disks
 * @param remote  reads those of a store, and mostly waits
 * @param encoded reads those that wait for an encoder
 * @param openers opens films
 */
record Readers(Executor local, Executor remote, Executor encoded, Openers openers) {

    /**
     * Who opens films, which whoever is let in may ask for, by any name.
     *
     * @param local  on this machine's disks
     * @param remote in stores
     */
    record Openers(Executor local, Executor remote) {

        /** Who opens the film behind a URI. */
        Executor of(String uri) {
            return S3Films.isS3(uri) ? remote : local;
        }
    }

    Executor of(Film film) {
        if (film.remote().isPresent()) {
            return remote;
        }
        return film.isEncoded() ? encoded : local;
    }
}
