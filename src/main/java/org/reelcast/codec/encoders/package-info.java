/** Which of the H.264 encoders that a machine has is used: the best that proves to work. */
package org.reelcast.codec.encoders;
