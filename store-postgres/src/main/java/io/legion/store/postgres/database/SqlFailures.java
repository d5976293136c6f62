package io.legion.store.postgres.database;

import io.legion.store.postgres.database.PostgresException.Kind;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the codes of PostgreSQL mean for a caller.
public final class SqlFailures {

    /// Raised by the functions of our schema: not the owner, or not its next batch.
    public static final String FENCED = "LG001";

    /// The server stops, starts, has too many connections, ended this one, or only takes reads (a standby).
    private static final Set<String> AWAY =
            Set.of("57P01", "57P02", "57P03", "57P05", "25P03", "25P04", "25006", "53300");

    private static final Set<String> SLOW = Set.of("57014", "55P03", "53200", "53400", "40001", "40P01");
    private static final Set<String> DAMAGED = Set.of("XX001", "XX002");
    private static final String FULL = "53100";
    private static final String CONNECTION = "08";

    private SqlFailures() {}

    public static Kind kind(SQLException failed) {
        if (failed instanceof SQLTransientConnectionException waited) {
            return waited.getCause() instanceof SQLException why ? whenWaiting(kind(why)) : Kind.BUSY;
        }
        var state = state(failed);
        if (state.startsWith(CONNECTION) || AWAY.contains(state)) {
            return Kind.AWAY;
        }
        if (SLOW.contains(state)) {
            return Kind.SLOW;
        }
        if (state.equals(FULL)) {
            return Kind.FULL;
        }
        return DAMAGED.contains(state) ? Kind.DAMAGED : Kind.REFUSED;
    }

    /// The pool had no connection, and this is why it could make none.
    private static Kind whenWaiting(Kind why) {
        return why == Kind.REFUSED ? Kind.REFUSED : Kind.AWAY;
    }

    public static boolean isFenced(SQLException failed) {
        return state(failed).equals(FENCED);
    }

    /// What the server said, in one line.
    public static String text(SQLException failed) {
        var why = failed instanceof SQLTransientConnectionException && failed.getCause() instanceof SQLException cause
                ? failed.getMessage() + " (" + cause.getMessage() + ")"
                : String.valueOf(failed.getMessage());
        return why.lines()
                .map(String::strip)
                .reduce((all, line) -> all + " " + line)
                .orElse("");
    }

    private static String state(SQLException failed) {
        @Nullable String state = failed.getSQLState();
        return state == null ? "" : state;
    }
}
