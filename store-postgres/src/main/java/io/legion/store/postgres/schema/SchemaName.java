package io.legion.store.postgres.schema;

/// The schema of a store, as statements name what is in it.
public record SchemaName(String name) {

    private static final String ALLOWED = "[a-z_][a-z0-9_]{0,62}";

    /// @throws IllegalArgumentException if it is not a plain name
    public SchemaName {
        if (!name.matches(ALLOWED) || name.startsWith("pg_")) {
            throw new IllegalArgumentException(
                    "schema must be of small letters, digits and \"_\", at most 63, and not begin with a digit or with"
                            + " \"pg_\", but is \"" + name + "\".");
        }
    }

    /// A table or function in it.
    public String of(String object) {
        return "\"" + name + "\"." + object;
    }

    @Override
    public String toString() {
        return name;
    }
}
