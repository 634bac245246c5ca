/** A film's tracks in the forms in which outputs take them; made once per file, shared by all who take them. */
package org.reelcast.rendition;
