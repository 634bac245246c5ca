package org.reelcast.source.vod.list;

/**
 * A film in the folder of films.
 *
 * @param name       from the folder on, with slashes
 * @param bytes      its size
 * @param modifiedMs when it was changed last, in ms since 1970
 */
record FilmEntry(String name, long bytes, long modifiedMs) {

    /** What plays it. Names in addresses are percent-decoded once. */
    String uri() {
        return "vod://" + name.replace("%", "%25");
    }

    /** Without its folders. */
    String file() {
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
