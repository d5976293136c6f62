/// The store in PostgreSQL: a database service on a pool of connections, and the store on it.
@org.jspecify.annotations.NullMarked
module io.legion.store.postgres {
    requires transitive io.legion.runtime;
    requires transitive java.sql;
    requires com.zaxxer.hikari;
    requires org.postgresql.jdbc;
    requires flyway.core;
    requires static org.jspecify;

    exports io.legion.store.postgres;
}
