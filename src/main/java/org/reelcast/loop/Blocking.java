package org.reelcast.loop;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * May wait: for a disk, a network, a lock that is held for long, or another thread. Never to be called on a
 * {@link MediaLoop}. On a class: all its methods, also of classes that extend it.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface Blocking {}
