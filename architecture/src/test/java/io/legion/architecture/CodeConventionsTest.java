package io.legion.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What no class of any module does.
final class CodeConventionsTest {

    private static final JavaClasses CLASSES = Modules.ofThisProject().classes();

    private static final Set<String> SPECIFICATIONS =
            Set.of("Logger", "Monitor", "LruCache", "Store", "Postgres", "Cluster", "HttpServer");

    @Test
    void noStateIsStatic() {
        noFields()
                .that()
                .areStatic()
                .and()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should()
                .notBeFinal()
                .check(CLASSES);
    }

    @Test
    void noNameIsAnEmptyWord() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameStartingWith("Base")
                .orShould()
                .haveSimpleNameStartingWith("Abstract")
                .check(CLASSES);
    }

    @Test
    void nobodyLooksForImplementationsBehindTheProgramsBack() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.ServiceLoader")
                .check(CLASSES);
    }

    @Test
    void whoHoldsTheHandleOfAServiceCanNotCloseIt() {
        noClasses()
                .that(describe("are specifications", CodeConventionsTest::isSpecification))
                .should()
                .beAssignableTo(AutoCloseable.class)
                .check(CLASSES);
    }

    @Test
    void onlyProgramsAndTheLoggerOfTheConsoleWriteToIt() {
        noClasses()
                .that(describe("are neither programs nor that logger", type -> !mayWriteToTheConsole(type)))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }

    /// A language may write digits of its own, and Turkish has two letters i: an address or a file with
    /// those is another one.
    @Test
    void noTextOfANodeDependsOnTheLanguageOfItsMachine() {
        noClasses()
                .that(describe("run in a node", CodeConventionsTest::runsInANode))
                .should()
                .callMethod(String.class, "format", String.class, Object[].class)
                .orShould()
                .callMethod(String.class, "formatted", Object[].class)
                .orShould()
                .callMethod(String.class, "toLowerCase")
                .orShould()
                .callMethod(String.class, "toUpperCase")
                .check(CLASSES);
    }

    private static boolean runsInANode(JavaClass type) {
        return !type.getPackageName().startsWith("io.legion.benchmarks")
                && !type.getPackageName().startsWith("io.legion.simulation");
    }

    private static boolean mayWriteToTheConsole(JavaClass type) {
        return type.getSimpleName().endsWith("Main") || type.getSimpleName().equals("ConsoleLogger");
    }

    private static boolean isSpecification(JavaClass type) {
        return type.isInterface() && type.isTopLevelClass() && SPECIFICATIONS.contains(type.getSimpleName());
    }
}
