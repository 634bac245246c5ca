/** The list of the films in {@code media_dir}: reading the folder, searching, near names, {@code /vod/list}. */
package org.reelcast.source.vod.list;
