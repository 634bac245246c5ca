package org.reelcast.storage;

/** Bytes that come from elsewhere while they are read. */
public interface RemoteSource extends ByteSource {

    /** How many of the {@link #size()} bytes are on this machine. */
    long downloadedBytes();

    /**
     * Whether the bytes from {@code from} up to {@code to} are on this machine, so that a read of them does not wait.
     */
    boolean isHere(long from, long to);

    /**
     * Whether the whole comes from start to end on its own, so that waiting brings more of it. Otherwise only what is
     * read comes, and somewhat more.
     */
    boolean isDownloading();
}
