package org.reelcast;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.domain.JavaCodeUnitReference;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.lang.annotation.Annotation;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.Blocking;
import org.reelcast.loop.MediaLoop;
import org.reelcast.loop.OnLoop;

/**
 * Finds calls of {@link Blocking} methods on media loops: in {@link OnLoop} methods, in those that they call and that do
 * not say that they block, and in lambdas and references. A method is marked by an annotation of its own, else of what it overrides, else
 * of its class. A lambda runs where its method does, unless that hands it to an executor, itself or by a method that takes it; one that a method hands to a
 * loop runs there.
 */
final class ThreadRules {
    private final Set<String> found = new TreeSet<>();
    private final Set<JavaCodeUnit> seen = new HashSet<>();

    private ThreadRules() {}

    /** Each as the way from the loop to what blocks. */
    static Set<String> violations(JavaClasses classes) {
        ThreadRules rules = new ThreadRules();
        for (JavaClass one : classes) {
            for (JavaCodeUnit method : one.getCodeUnits()) {
                if (isMarked(method, OnLoop.class)) {
                    rules.follow(method, name(method));
                } else if (handsToLoop(method) && !handsToExecutor(method)) {
                    rules.lambdas(method);
                }
            }
        }
        return rules.found;
    }

    private void follow(JavaCodeUnit onLoop, String way) {
        if (!seen.add(onLoop)) {
            return;
        }
        boolean handsOver = handsToExecutor(onLoop);
        calls(onLoop).filter(call -> !isDeferred(call) || !handsOver).forEach(call -> check(call, way));
    }

    private void lambdas(JavaCodeUnit method) {
        calls(method).filter(ThreadRules::isDeferred).forEach(call -> check(call, name(method)));
    }

    private void check(JavaCodeUnitAccess<?> call, String way) {
        Optional<? extends JavaCodeUnit> target = call.getTarget()
                .resolveMember()
                .filter(JavaCodeUnit.class::isInstance)
                .map(JavaCodeUnit.class::cast);
        target.ifPresent(called -> {
            String further = way + " -> " + name(called);
            if (isMarked(called, Blocking.class)) {
                found.add(further);
            } else if (!isMarked(called, OnLoop.class)) {
                follow(called, further);
            }
        });
    }

    /** In a lambda, or by a reference to the method. */
    private static boolean isDeferred(JavaCodeUnitAccess<?> call) {
        return call.isDeclaredInLambda() || call instanceof JavaCodeUnitReference;
    }

    private static Stream<JavaCodeUnitAccess<?>> calls(JavaCodeUnit method) {
        return Stream.<JavaCodeUnitAccess<?>>concat(
                Stream.concat(method.getMethodCallsFromSelf().stream(), method.getConstructorCallsFromSelf().stream()),
                Stream.concat(
                        method.getMethodReferencesFromSelf().stream(),
                        method.getConstructorReferencesFromSelf().stream()));
    }

    private static boolean handsToLoop(JavaCodeUnit method) {
        return method.getMethodCallsFromSelf().stream()
                .anyMatch(call -> call.getTargetOwner().isAssignableTo(MediaLoop.class)
                        && Set.of("execute", "at").contains(call.getName()));
    }

    /** Itself, or by one that it gives what is to be done. */
    private static boolean handsToExecutor(JavaCodeUnit method) {
        return callsExecutor(method)
                || method.getMethodCallsFromSelf().stream()
                        .flatMap(call -> call.getTarget().resolveMember().stream())
                        .anyMatch(
                                called -> called.getRawParameterTypes().stream().anyMatch(JavaClass::isInterface)
                                        && callsExecutor(called));
    }

    private static boolean callsExecutor(JavaCodeUnit method) {
        return method.getMethodCallsFromSelf().stream()
                .anyMatch(call -> isExecutor(call.getTargetOwner())
                        || call.getTargetOwner().isEquivalentTo(CompletableFuture.class)
                                && call.getName().endsWith("Async"));
    }

    private static boolean isExecutor(JavaClass owner) {
        return owner.isAssignableTo(Executor.class) && !owner.isAssignableTo(MediaLoop.class);
    }

    static boolean isMarked(JavaCodeUnit method, Class<? extends Annotation> mark) {
        return marking(method).filter(mark::equals).isPresent();
    }

    /** What says where a method runs; empty when nothing does. */
    private static Optional<Class<? extends Annotation>> marking(JavaCodeUnit method) {
        Optional<Class<? extends Annotation>> own = own(method);
        if (own.isPresent() || method.getModifiers().contains(JavaModifier.STATIC)) {
            return own;
        }
        Optional<Class<? extends Annotation>> overridden = method instanceof JavaMethod
                ? supertypes(method.getOwner())
                        .flatMap(type -> type.tryGetMethod(method.getName(), names(method)).stream())
                        .flatMap(above -> own(above).or(() -> of(above.getOwner())).stream())
                        .findFirst()
                : Optional.empty();
        return overridden.or(() -> of(method.getOwner()));
    }

    private static Stream<JavaClass> supertypes(JavaClass type) {
        return Stream.concat(type.getAllRawSuperclasses().stream(), type.getAllRawInterfaces().stream());
    }

    private static String[] names(JavaCodeUnit method) {
        return method.getRawParameterTypes().stream().map(JavaClass::getName).toArray(String[]::new);
    }

    private static Optional<Class<? extends Annotation>> own(JavaCodeUnit method) {
        return Stream.<Class<? extends Annotation>>of(Blocking.class, OnLoop.class, AnyThread.class)
                .filter(method::isAnnotatedWith)
                .findFirst();
    }

    private static Optional<Class<? extends Annotation>> of(JavaClass type) {
        return Stream.<Class<? extends Annotation>>of(Blocking.class, OnLoop.class, AnyThread.class)
                .filter(type::isAnnotatedWith)
                .findFirst();
    }

    private static String name(JavaCodeUnit method) {
        return method.getOwner().getSimpleName() + "." + method.getName();
    }
}
