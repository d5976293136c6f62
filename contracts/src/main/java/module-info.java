/// What an implementation of a specification must pass, as JUnit classes to extend: authors of other
/// implementations depend on it in their tests.
@org.jspecify.annotations.NullMarked
module io.legion.contracts {
    requires transitive io.legion.runtime;
    requires transitive org.junit.jupiter.api;
    requires org.assertj.core;
    requires static org.jspecify;

    exports io.legion.contracts;
}
