package io.legion.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.syntax.elements.ClassesShould;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The core is the same function everywhere: what it computes depends on what it is given and on nothing else.
/// Otherwise replicas would diverge, and a simulation could not be run again from its seed.
final class CoreIsPureTest {

    private static final JavaClasses CLASSES = Modules.ofThisProject().classes();

    private static final Set<String> HASH_ORDERED = Set.of(
            "java.util.HashMap",
            "java.util.HashSet",
            "java.util.IdentityHashMap",
            "java.util.WeakHashMap",
            "java.util.Hashtable",
            "java.util.concurrent.ConcurrentHashMap");

    private static final Set<String> ITERATION = Set.of(
            "keySet", "values", "entrySet", "forEach", "iterator", "stream", "replaceAll", "removeIf", "toArray");

    /// Classes that go through such a map all the same, and why that is harmless.
    private static final Set<String> ORDER_DOES_NOT_MATTER = Set.of(
            // Counts votes, and asks whether there is any majority among them.
            "io.legion.core.shard.Hashes",
            // Goes through a sorted map; the one by hash beside it is only looked up in.
            "io.legion.core.codec.ShapeDerivation");

    /// Constants made by such a factory, which are only looked up in.
    private static final Set<String> LOOK_UP_ONLY = Set.of("io.legion.core.codec.Scalars");

    /// Types of packages that do I/O, which are mere values.
    private static final Set<String> VALUES = Set.of("java.net.URI", "java.net.URISyntaxException");

    private static final Set<String> RANDOM =
            Set.of("java.util.Random", "java.util.SplittableRandom", "java.util.concurrent.ThreadLocalRandom");

    private static final Set<String> HASH_ORDERED_FACTORIES = Set.of(
            "java.util.Set.copyOf",
            "java.util.Map.ofEntries",
            "java.util.Map.copyOf",
            "java.util.stream.Collectors.toSet",
            "java.util.stream.Collectors.toUnmodifiableSet",
            "java.util.stream.Collectors.toUnmodifiableMap");

    private static final Set<String> NOT_THE_SAME_EVERYWHERE = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.System.identityHashCode",
            "java.lang.System.getenv",
            "java.lang.System.getProperty",
            "java.lang.Math.random",
            "java.util.UUID.randomUUID");

    @Test
    void theCoreDependsOnTheJdkAlone() {
        classes()
                .that(areCore())
                .should()
                .onlyDependOnClassesThat(describe(
                        "are of the core, of java.base or say what may be null",
                        type -> type.getName().startsWith("io.legion.core.")
                                || type.getName().startsWith("java.")
                                || type.getName().startsWith("org.jspecify.annotations.")
                                || type.isPrimitive()
                                || type.isArray()))
                .check(CLASSES);
    }

    @Test
    void theCoreReadsNoClock() {
        core().dependOnClassesThat(named(Set.of("java.time.Clock", "java.time.InstantSource")))
                .check(CLASSES);
        core().accessTargetWhere(describe(
                        "is now() of java.time",
                        access -> access.getTargetOwner().getPackageName().equals("java.time")
                                && access.getName().equals("now")))
                .check(CLASSES);
    }

    @Test
    void theCoreDrawsNoRandomNumberAndAsksTheMachineForNothing() {
        core().dependOnClassesThat(named(RANDOM)).check(CLASSES);
        core().accessTargetWhere(isOneOf(NOT_THE_SAME_EVERYWHERE)).check(CLASSES);
    }

    @Test
    void theCoreStartsNoThread() {
        core().dependOnClassesThat(describe(
                        "are threads, executors or locks",
                        type -> type.isAssignableTo(Thread.class)
                                || type.isAssignableTo("java.util.concurrent.Executor")
                                || type.getName().startsWith("java.util.concurrent.Executors")
                                || type.getName().equals("java.util.concurrent.CompletableFuture")
                                || type.getName().equals("java.lang.ThreadLocal")
                                || type.getPackageName().equals("java.util.concurrent.locks")))
                .check(CLASSES);
    }

    @Test
    void theCoreDoesNoInputOrOutput() {
        core().dependOnClassesThat(describe(
                        "reach files, the network or the console",
                        type -> type.getPackageName().startsWith("java.nio.file")
                                || type.getPackageName().startsWith("java.nio.channels")
                                || (type.getPackageName().startsWith("java.net") && !VALUES.contains(type.getName()))
                                || type.getName().startsWith("java.io.File")
                                || type.getName().startsWith("java.io.RandomAccessFile")
                                || type.getName().equals("java.io.PrintStream")
                                || type.getPackageName().startsWith("java.util.logging")
                                || type.getPackageName().startsWith("java.sql")))
                .check(CLASSES);
    }

    /// Looking up by hash is fine, going through in that order is not: a class that makes such a map or set goes
    /// through none that may be one by its type. (One that is handed to another class is not seen here; the
    /// simulation, which runs each seed twice, sees what comes of it.)
    @Test
    void theCoreGoesThroughNothingInTheOrderOfHashes() {
        var suspects = new TreeSet<String>();
        for (var type : CLASSES) {
            if (areCore().test(type) && makesHashOrdered(type) && !ORDER_DOES_NOT_MATTER.contains(type.getName())) {
                type.getMethodCallsFromSelf().stream()
                        .filter(CoreIsPureTest::mayFollowHashes)
                        .map(JavaMethodCall::getDescription)
                        .forEach(suspects::add);
            }
        }
        assertThat(suspects).isEmpty();
    }

    private static boolean makesHashOrdered(JavaClass type) {
        return type.getConstructorCallsFromSelf().stream()
                .anyMatch(call -> HASH_ORDERED.contains(call.getTargetOwner().getName()));
    }

    private static boolean mayFollowHashes(JavaMethodCall call) {
        var owner = call.getTargetOwner().getName();
        boolean mayBeHashOrdered =
                HASH_ORDERED.contains(owner) || owner.equals("java.util.Map") || owner.equals("java.util.Set");
        return mayBeHashOrdered && ITERATION.contains(call.getName());
    }

    @Test
    void theCoreMakesNoSetOrMapThatItsRunOrders() {
        coreThatOrders().accessTargetWhere(isOneOf(HASH_ORDERED_FACTORIES)).check(CLASSES);
        coreThatOrders()
                .callMethodWhere(describe("makes a set or map of more than one", CoreIsPureTest::makesMoreThanOne))
                .check(CLASSES);
    }

    private static boolean makesMoreThanOne(JavaMethodCall call) {
        int arguments = call.getTarget().getRawParameterTypes().size();
        boolean isArray = arguments == 1
                && call.getTarget().getRawParameterTypes().getFirst().isArray();
        return switch (call.getTargetOwner().getName() + "." + call.getName()) {
            case "java.util.Set.of" -> arguments > 1 || isArray;
            case "java.util.Map.of" -> arguments > 2;
            default -> false;
        };
    }

    private static ClassesShould coreThatOrders() {
        return noClasses()
                .that(areCore().and(DescribedPredicate.not(named(LOOK_UP_ONLY))))
                .should();
    }

    private static ClassesShould core() {
        return noClasses().that(areCore()).should();
    }

    private static DescribedPredicate<JavaClass> areCore() {
        return describe("are core", type -> (type.getPackageName() + ".").startsWith("io.legion.core."));
    }

    private static DescribedPredicate<JavaClass> named(Set<String> names) {
        return describe("are one of " + names, type -> names.contains(type.getName()));
    }

    private static DescribedPredicate<JavaAccess<?>> isOneOf(Set<String> methods) {
        return describe(
                "is one of " + methods,
                access -> methods.contains(access.getTargetOwner().getName() + "." + access.getName()));
    }
}
