/** Helpers of JAX-RS resources, /rest-api/stream, health, static files, downloads, and who may ask (doors). */
package org.reelcast.rest;
