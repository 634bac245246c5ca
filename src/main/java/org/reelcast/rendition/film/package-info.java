/** The renditions of one film together: which form each track has, and who shares it. */
package org.reelcast.rendition.film;
