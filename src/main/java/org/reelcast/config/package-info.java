/**
 * The settings: flashphoner.properties and environment variables, read once, typed, checked against each other, with
 * the nearest name for a mistyped key.
 */
package org.reelcast.config;
