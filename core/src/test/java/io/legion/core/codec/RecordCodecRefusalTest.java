package io.legion.core.codec;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.legion.core.WireName;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;

/// When a codec is made it says what it cannot write, with the path to it.
class RecordCodecRefusalTest {
    record Inner(Date at) {}

    record Outer(List<Inner> inners) {}

    record Concrete(ArrayList<String> list) {}

    record Open(List<?> list) {}

    @SuppressWarnings("rawtypes")
    record Raw(Map map) {}

    record Generic<T>(T value) {}

    @SuppressWarnings("rawtypes")
    record RawGeneric(Generic generic) {}

    record Unordered(SortedSet<Generic<String>> set) {}

    record Twice(String a, @WireName("a") int b) {}

    record Endless<T>(List<Endless<List<T>>> more) {}

    sealed interface Mixed permits Fine, Coarse {}

    record Fine() implements Mixed {}

    static final class Coarse implements Mixed {}

    sealed interface Doubled permits One, Two {}

    record One() implements Doubled {}

    @WireName("One")
    record Two() implements Doubled {}

    @Test
    void anUnsupportedTypeIsRefusedWithItsPath() {
        refused(Outer.class, "Outer.inners.at: the type java.util.Date is not supported. Supported are records,");
        refused(Concrete.class, "Concrete.list: the type java.util.ArrayList is not supported");
        refused(Object.class, "Object: the type java.lang.Object is not supported");
        refused(Open.class, "Open.list: the type java.lang.Object is not supported");
    }

    @Test
    void missingTypeArgumentsAreRefused() {
        refused(Raw.class, "Raw.map: Map without type arguments");
        refused(RawGeneric.class, "RawGeneric.generic.value: the type variable T of");
    }

    @Test
    void aSortedSetNeedsANaturalOrder() {
        refused(Unordered.class, "Unordered.set: " + Generic.class.getTypeName() + " has no natural order");
    }

    @Test
    void namesThatCollideAreRefused() {
        refused(Doubled.class, "have the same name in bytes");
        refused(Twice.class, "Twice: the components");
    }

    @Test
    void typesThatGrowWithoutEndAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> {
                    record Start(Endless<String> endless) {}
                    RecordCodec.of(Start.class);
                })
                .withMessageContaining("types nested without an end");
    }

    @Test
    void anAlternativeMustBeARecord() {
        refused(Mixed.class, "Mixed(Coarse): an alternative of a sealed interface must be a record");
    }

    @Test
    void aPackageThatIsNotOpenIsRefusedWithTheLineThatOpensIt() throws ClassNotFoundException {
        Class<?> closed = Class.forName("jdk.internal.constant.ModuleDescImpl");
        refused(closed, "opens jdk.internal.constant to io.legion.core;");
    }

    private static void refused(Class<?> type, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordCodec.of(type))
                .withMessageContaining(message);
    }
}
