package org.reelcast.e2e.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Marks a test class that measures what a browser plays and takes a quarter of two cores: Maven runs two of them at the same
 * time, behind those that are {@link BesideOthers}, before those that have the machine to themselves.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("in-pairs")
public @interface InPairs {}
