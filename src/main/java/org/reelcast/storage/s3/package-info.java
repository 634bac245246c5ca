/** Films in S3 and what speaks its protocol: addresses, credentials, requests that resume where they broke. */
package org.reelcast.storage.s3;
