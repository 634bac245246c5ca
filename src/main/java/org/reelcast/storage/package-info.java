/** Where a film's bytes come from: local files by position; what S3 and its cache build on. */
package org.reelcast.storage;
