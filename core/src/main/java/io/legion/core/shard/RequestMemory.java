package io.legion.core.shard;

import io.legion.core.EventId;
import io.legion.core.RequestId;
import io.legion.core.codec.WireOutput;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// R52: which requests history holds, so that a retry changes nothing (R53, R54). A part of the folded state: what
/// it remembers and what it forgets is a function of history alone.
///
/// It keeps the numbers of a client's requests as runs without gaps. A client of Legion's own numbers its
/// requests to a shard one by one, so it costs one run, however many it made. Only the last few requests keep
/// their outputs ([LatestOutputs]).
final class RequestMemory {
    /// What the memory knows of a request.
    enum Knowledge {
        /// Not in history, as far as the memory goes, and young enough for that to mean something.
        NEW,
        /// In history, and its outcome is remembered.
        REMEMBERED,
        /// In history; its outcome is forgotten.
        FORGOTTEN,
        /// Born before something that was forgotten: nobody can know whether it is in history.
        TOO_OLD
    }

    /// Consecutive numbers of one client, all in history.
    ///
    /// @param first the first number, with the client
    /// @param last the last number
    /// @param position the position in history of the latest of them
    /// @param millis the event time of the latest of them
    record Run(RequestId first, long last, long position, long millis) {}

    /// The outcome of a request in history.
    record Output(long position, RequestId request, EventId event, Result.Summary summary) {}

    /// Outputs that the store does not have yet, encoded one after the other.
    static final class NewOutputs {
        /// A larger buffer is not kept for the next outputs.
        private static final int MOST_KEPT = 512 * 1024;

        /// Reused: an object that grows for some seconds and then dies costs a collector most.
        private WireOutput encoded = new WireOutput();

        private long first;
        private long last;
        private int count;

        private void add(long position, RequestId request, EventId event, Result.Summary summary) {
            first = count == 0 ? position : first;
            last = position;
            count++;
            Records.writeOutput(encoded, position, request, event, summary);
        }

        private void clear() {
            count = 0;
            if (encoded.buffer().length > MOST_KEPT) {
                encoded = new WireOutput();
            }
            encoded.clear();
        }

        int count() {
            return count;
        }

        /// The position of the first.
        long first() {
            return first;
        }

        /// The position of the last.
        long last() {
            return last;
        }

        WireOutput encoded() {
            return encoded;
        }
    }

    private final ReplicaSettings settings;
    private final RequestRuns runs = new RequestRuns();
    private final LatestOutputs outputs;
    private final NewOutputs newOutputs = new NewOutputs();
    private @Nullable EventId horizon;

    /// No request of a forgotten run has an output behind this position.
    private long forgottenUpTo;

    RequestMemory(ReplicaSettings settings) {
        this.settings = settings;
        this.outputs = new LatestOutputs(settings.rememberedOutputs());
    }

    /// The event whose fold last made the memory forget, or null if none did.
    @Nullable
    EventId horizon() {
        return horizon;
    }

    void horizon(@Nullable EventId horizon) {
        this.horizon = horizon;
    }

    Knowledge of(RequestId id, EventId birth) {
        boolean known = runs.contains(id);
        if ((known || mayHaveOutputsWithoutRuns()) && outputs.contains(id)) {
            return Knowledge.REMEMBERED;
        }
        if (known) {
            return Knowledge.FORGOTTEN;
        }
        return horizon != null && birth.compareTo(horizon) <= 0 ? Knowledge.TOO_OLD : Knowledge.NEW;
    }

    /// True if outputs of a forgotten run may still be there. While false, a request in no run is new without a
    /// search, as several lookups per event find.
    private boolean mayHaveOutputsWithoutRuns() {
        return horizon != null && !outputs.isEmpty() && outputs.firstPosition() <= forgottenUpTo;
    }

    /// The outcome of a request in history, as long as it is remembered.
    @Nullable
    Output output(RequestId id) {
        return runs.contains(id) || mayHaveOutputsWithoutRuns() ? outputs.find(id) : null;
    }

    /// Adds a request that has just folded, and forgets what is over the bounds.
    ///
    /// @return true if it forgot something: the horizon has moved
    boolean remember(long position, RequestId id, EventId event, Result.Summary summary) {
        runs.add(id, position, event.millis());
        addNew(position, id, event, summary);
        return forgetRuns(event);
    }

    /// Adds a stored output without counting it as new.
    void restore(Output output) {
        outputs.add(output.position(), output.request(), output.event(), output.summary());
        forgottenUpTo = Math.max(forgottenUpTo, output.position());
    }

    /// Adds a stored run.
    void restore(Run run) {
        runs.restore(run);
    }

    /// Adds a run that a start brought, and that the store must get.
    void installed(Run run) {
        runs.install(run);
    }

    /// Adds an output that a start brought, and that the store must get.
    void installed(Output output) {
        addNew(output.position(), output.request(), output.event(), output.summary());
        forgottenUpTo = Math.max(forgottenUpTo, output.position());
    }

    private void addNew(long position, RequestId request, EventId event, Result.Summary summary) {
        outputs.add(position, request, event, summary);
        newOutputs.add(position, request, event, summary);
    }

    private boolean forgetRuns(EventId now) {
        boolean forgets = false;
        while (runs.isOver(settings.rememberedClients(), now.millis() - settings.rememberedMillis())) {
            forgottenUpTo = Math.max(forgottenUpTo, runs.oldestPosition());
            runs.forgetOldest();
            horizon = now;
            forgets = true;
        }
        return forgets;
    }

    List<Run> runs() {
        return runs.all();
    }

    List<Output> outputs() {
        return outputs.all();
    }

    /// The position of the oldest remembered output; the largest number if there is none.
    long oldestOutput() {
        return outputs.isEmpty() ? Long.MAX_VALUE : outputs.firstPosition();
    }

    /// The runs changed since the last call, by their first numbers; a null run is gone.
    void drainRuns(RunVisitor visitor) {
        runs.drain(visitor);
    }

    /// The outputs remembered since the last call, if there are any.
    void drainOutputs(Consumer<NewOutputs> taker) {
        if (newOutputs.count > 0) {
            taker.accept(newOutputs);
            newOutputs.clear();
        }
    }

    interface RunVisitor {
        void visit(RequestId first, @Nullable Run run);
    }
}
