/** What the bridges to native libraries share. */
package org.reelcast.codec;
