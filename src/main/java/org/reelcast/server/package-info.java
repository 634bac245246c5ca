/** Starts and stops the features in the order of their stages, and tests itself: the one EJB of the application. */
package org.reelcast.server;
