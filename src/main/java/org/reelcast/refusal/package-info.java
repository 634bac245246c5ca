/**
 * What is said to who asked for something that cannot be: WCS's text, the HTTP status and a sentence that says what
 * to do.
 */
package org.reelcast.refusal;
