package io.legion.store.postgres.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What each connection asks of the server.
///
/// @param needed without which a store is not safe, or does not answer in time: by name, as the server shows them
record SessionSettings(Map<String, String> needed) {

    /// Raised if a connection is not set so.
    private static final String NOT_SET = "LG002";

    /// A machine that is gone must not hold the schema for hours. Servers on some systems cannot do all of it.
    private static final Map<String, String> WISHED = Map.of(
            "tcp_keepalives_idle", "10",
            "tcp_keepalives_interval", "5",
            "tcp_keepalives_count", "3",
            "tcp_user_timeout", "30000");

    /// Everything is a lookup by key. A plan made while a table was small must not read all of it later.
    private static final List<String> OFF =
            List.of("enable_seqscan", "enable_bitmapscan", "enable_hashjoin", "enable_mergejoin", "enable_sort", "jit");

    static SessionSettings of(Duration statementTimeout) {
        var needed = new TreeMap<String, String>();
        needed.put("statement_timeout", Long.toString(statementTimeout.toMillis()));
        // A visitor of a scan may take its time.
        needed.put("idle_in_transaction_session_timeout", "0");
        needed.put("default_transaction_isolation", "read committed");
        needed.put("default_transaction_read_only", "off");
        needed.put("synchronous_commit", "on");
        needed.put("plan_cache_mode", "force_generic_plan");
        OFF.forEach(name -> needed.put(name, "off"));
        return new SessionSettings(Map.copyOf(needed));
    }

    /// In the words of the server's command line.
    String options() {
        return Stream.concat(needed.entrySet().stream(), WISHED.entrySet().stream())
                .map(set -> "-c " + set.getKey() + "=" + set.getValue().replace(" ", "\\ "))
                .sorted()
                .collect(Collectors.joining(" "));
    }

    /// @throws SQLException if a connection is not set as needed
    void require(Connection connection) throws SQLException {
        var wrong = new ArrayList<String>();
        try (var statement =
                connection.prepareStatement("SELECT name, setting FROM pg_settings WHERE name = ANY (?)")) {
            statement.setArray(
                    1, connection.createArrayOf("text", needed.keySet().toArray()));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var wanted = needed.get(rows.getString(1));
                    if (!rows.getString(2).equals(wanted)) {
                        wrong.add(rows.getString(1) + " is " + rows.getString(2) + ", not " + wanted);
                    }
                }
            }
        }
        if (!wrong.isEmpty()) {
            throw new SQLException(
                    "a connection is not set as this program asked when it connected ("
                            + wrong.stream().sorted().collect(Collectors.joining("; "))
                            + "). Something between drops that, as PgBouncer does with \"options\" in its"
                            + " ignore_startup_parameters. Connect to the server itself, or let it pass \"options\"",
                    NOT_SET);
        }
    }
}
