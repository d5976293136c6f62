package io.legion.store.postgres;

import java.time.Duration;
import java.util.List;

/// What each connection asks of the server, in the words of its command line.
final class SessionSettings {

    private SessionSettings() {}

    static String options(Duration statementTimeout) {
        return String.join(
                " ",
                List.of(
                        "-c statement_timeout=" + statementTimeout.toMillis(),
                        // A visitor of a scan may take its time.
                        "-c idle_in_transaction_session_timeout=0",
                        "-c default_transaction_isolation=read\\ committed",
                        "-c default_transaction_read_only=off",
                        "-c synchronous_commit=on",
                        // Everything is a lookup by key. A plan made while a table was small must not read all of it
                        // later.
                        "-c enable_seqscan=off",
                        "-c enable_bitmapscan=off",
                        "-c enable_hashjoin=off",
                        "-c enable_mergejoin=off",
                        "-c enable_sort=off",
                        "-c plan_cache_mode=force_generic_plan",
                        "-c jit=off",
                        // A machine that is gone must not hold the schema for hours.
                        "-c tcp_keepalives_idle=10",
                        "-c tcp_keepalives_interval=5",
                        "-c tcp_keepalives_count=3",
                        "-c tcp_user_timeout=30000"));
    }
}
