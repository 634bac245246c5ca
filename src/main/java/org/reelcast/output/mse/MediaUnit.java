package org.reelcast.output.mse;

/**
 * A picture or an access unit of sound as all viewers of a stream get it.
 *
 * @param look   of a picture: how it is decoded and how large it is; null of sound
 * @param key    whether decoding can start here
 * @param dueUs  when it is due, on the server's clock
 * @param timeUs on the stream's own line, which has no holes
 * @param body   of its record; not to be changed
 * @param held   body of a record that shows a key frame once more; null when there is none
 */
record MediaUnit(Look look, boolean key, long dueUs, long timeUs, byte[] body, byte[] held) {

    /**
     * What pictures look like from a key frame on.
     *
     * @param config body of the record that says how they are decoded
     */
    record Look(byte[] config, int width, int height) {}

    boolean isPicture() {
        return look != null;
    }
}
