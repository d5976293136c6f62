package io.legion.store.postgres.owner;

import io.legion.spi.StoreException;
import io.legion.store.postgres.schema.LifeMark;
import io.legion.store.postgres.schema.OwnerTable;
import io.legion.store.postgres.schema.OwnerTable.Proof;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;

/// What the number of an owner and of its last batch say about the store that finds them.
public final class OwnerVerdict {

    private final String title;
    private final long opening;
    private final OwnerTable table;
    private final StoreFault fault;
    private final Supplier<LifeMark> mark;

    /// @param title names the store for people
    /// @param mark as it is now
    public OwnerVerdict(String title, long opening, OwnerTable table, StoreFault fault, Supplier<LifeMark> mark) {
        this.title = title;
        this.opening = opening;
        this.table = table;
        this.fault = fault;
        this.mark = mark;
    }

    /// @throws StoreException if another store owns the schema now
    void requireOwner(Proof found) {
        if (found.opening() > opening) {
            throw fault.unusable(
                    new StoreException("The store " + title + " belongs to another node now: it was opened "
                            + found.opening() + " times, the last but " + (found.opening() - opening)
                            + " by this node. This node reads and writes nothing more there; what it acknowledged is there."
                            + " Stop one of the two nodes, or give it a schema of its own."));
        }
    }

    /// A read finds no less than what was acknowledged before it. If it does, the session of the owner will
    /// notice too, and leave a mark.
    ///
    /// @throws StoreException if it does
    public void requireNoLess(Proof found, long acknowledged) {
        requireOwner(found);
        if (found.opening() < opening || found.batch() < acknowledged) {
            throw new StoreException(wentBack(found, acknowledged));
        }
    }

    /// The last batch that is there, after a session was lost.
    ///
    /// @param known the last batch that was acknowledged
    /// @param sent the batch that was under way, or the same
    /// @throws StoreException if the schema is another's, or lacks what was acknowledged
    long reached(Connection connection, Proof found, long known, long sent) throws SQLException {
        requireOwner(found);
        boolean mine = found.opening() == opening;
        if (mine && found.batch() == known) {
            return known;
        }
        if (mine && found.batch() == sent) {
            // Its commit may have been ended while it waited for a standby. A later one waits for that one too.
            table.setMark(connection, opening, mark.get());
            return sent;
        }
        if (mine && found.batch() > sent) {
            throw fault.unusable(new StoreException("The store " + title + " is at batch " + found.batch()
                    + ", but this node, its owner, has sent only " + sent
                    + ". Somebody changed the schema; nothing more"
                    + " is read or written there. Give the schema to no other program, and restore a copy."));
        }
        var lost = new StoreException(wentBack(found, known));
        table.setMark(connection, found.opening(), mark.get().damaged(String.valueOf(lost.getMessage())));
        throw fault.unusable(lost);
    }

    private String wentBack(Proof found, long known) {
        return "The store " + title + " went back: the database holds "
                + (found.opening() == opening
                        ? "batch " + found.batch() + ", and " + known + " was acknowledged"
                        : "what it held before this node opened it")
                + ". It lost commits (a standby that was behind took over, or a copy was restored, or the"
                + " durability is memory). Nothing more is read or written. Start the node again: it joins as a new node and"
                + " copies its shards from the others.";
    }
}
