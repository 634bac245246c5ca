/**
 * The machine's cores for encoding, shared by all who encode: who gets a core next, how many encoders there are,
 * whether there is time for more. What is encoded, and how, is the jobs' own.
 */
package org.reelcast.rendition.encoders;
