package org.reelcast.loop;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs on one {@link MediaLoop}, that of the stream or peer it belongs to, and is called by nothing else; so it needs no
 * lock, and must not block. On a class: all its methods that are not marked otherwise, also of classes that extend it.
 * {@code ThreadRulesTest} checks that nothing {@link Blocking} is called.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR, ElementType.FIELD})
public @interface OnLoop {}
