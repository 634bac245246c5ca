package org.reelcast.storage;

/**
 * Names one state of one file: when the file changes, its id does.
 *
 * @param location the absolute path or the address of the object
 * @param size     in bytes
 * @param version  the modification time or the ETag
 */
public record SourceId(String location, long size, String version) {}
