package io.legion.core.shard;

import io.legion.core.EventId;
import io.legion.core.RequestId;
import io.legion.core.codec.WireOutput;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which requests history holds, so that one tried again changes nothing (R52 to R54). A part of the folded
/// state: what is remembered and what forgotten is a function of history alone.
///
/// The numbers of a client's requests are kept as runs without gaps, so a client of Legion's own, which numbers
/// its requests to a shard one by one, costs one run however many it made. Outputs are kept for the last few
/// requests only ([LatestOutputs]).
final class RequestMemory {
    /// What is known of a request.
    enum Knowledge {
        /// Not in history, as far as is remembered, and young enough for that to mean something.
        NEW,
        /// In history, and its outcome is remembered.
        REMEMBERED,
        /// In history; its outcome is forgotten.
        FORGOTTEN,
        /// Born before something that was forgotten: it can not be known whether it is in history.
        TOO_OLD
    }

    /// Consecutive numbers of one client, all in history.
    ///
    /// @param first the first number, with the client
    /// @param last the last number
    /// @param position the position in history of the latest of them
    /// @param millis the event time of the latest of them
    record Run(RequestId first, long last, long position, long millis) {
        Run merge(Run other) {
            return new Run(
                    first.number() <= other.first.number() ? first : other.first,
                    Math.max(last, other.last),
                    Math.max(position, other.position),
                    Math.max(millis, other.millis));
        }
    }

    /// The outcome of a request in history.
    record Output(long position, RequestId request, EventId event, Result.Summary summary) {}

    /// Outputs that the store does not have yet, encoded one after the other.
    ///
    /// @param first the position of the first
    /// @param last the position of the last
    record NewOutputs(int count, long first, long last, WireOutput encoded) {}

    private final ReplicaSettings settings;
    private final TreeMap<RequestId, Run> runs = new TreeMap<>();
    private final TreeMap<Long, RequestId> runsByPosition = new TreeMap<>();
    private final LatestOutputs outputs;
    private @Nullable EventId horizon;
    private boolean horizonMoved;

    private final TreeSet<RequestId> changedRuns = new TreeSet<>();
    private @Nullable NewOutputs newOutputs;

    RequestMemory(ReplicaSettings settings) {
        this.settings = settings;
        this.outputs = new LatestOutputs(settings.rememberedOutputs());
    }

    /// The event at whose fold something was last forgotten, or null if nothing ever was.
    @Nullable
    EventId horizon() {
        return horizon;
    }

    void horizon(@Nullable EventId horizon) {
        this.horizon = horizon;
    }

    /// True if the store does not know the horizon yet.
    boolean horizonMoved() {
        return horizonMoved;
    }

    void horizonStored() {
        horizonMoved = false;
    }

    Knowledge of(RequestId id, EventId birth) {
        Run run = runBefore(id);
        boolean known = run != null && run.last >= id.number();
        // While no run was ever forgotten, what no run has is new: that is asked several times of every event.
        if ((known || horizon != null) && outputs.contains(id)) {
            return Knowledge.REMEMBERED;
        }
        if (known) {
            return Knowledge.FORGOTTEN;
        }
        return horizon != null && birth.compareTo(horizon) <= 0 ? Knowledge.TOO_OLD : Knowledge.NEW;
    }

    @Nullable
    Output output(RequestId id) {
        return outputs.find(id);
    }

    /// Takes in what has just been folded, and forgets what is over the bounds.
    void remember(Output output) {
        RequestId id = output.request();
        add(new Run(id, id.number(), output.position(), output.event().millis()));
        installed(output);
        forgetRuns(output.event());
    }

    /// Takes in a stored output without counting it as new.
    void restore(Output output) {
        outputs.add(output);
    }

    /// Takes in a stored run.
    void restore(Run run) {
        runs.put(run.first, run);
        runsByPosition.put(run.position, run.first);
    }

    /// Takes in a run that a start brought; the store is to be told.
    void installed(Run run) {
        restore(run);
        changedRuns.add(run.first);
    }

    /// Takes in an output that was folded here, or that a start brought; the store is to be told.
    void installed(Output output) {
        restore(output);
        NewOutputs before = newOutputs;
        var encoded = before == null ? new WireOutput() : before.encoded;
        Records.writeOutput(encoded, output);
        newOutputs = before == null
                ? new NewOutputs(1, output.position(), output.position(), encoded)
                : new NewOutputs(before.count + 1, before.first, output.position(), encoded);
    }

    private void add(Run added) {
        Run run = added;
        Run before = runBefore(run.first);
        if (before != null && before.last + 1 == run.first.number()) {
            run = drop(before).merge(run);
        }
        Run after = runs.get(new RequestId(run.first.client(), run.last + 1));
        if (after != null) {
            run = run.merge(drop(after));
        }
        restore(run);
        changedRuns.add(run.first);
    }

    private @Nullable Run runBefore(RequestId id) {
        var floor = runs.floorEntry(id);
        return floor != null && floor.getKey().client() == id.client() ? floor.getValue() : null;
    }

    private Run drop(Run run) {
        runs.remove(run.first);
        runsByPosition.remove(run.position);
        changedRuns.add(run.first);
        return run;
    }

    private void forgetRuns(EventId now) {
        while (!runs.isEmpty()) {
            Run oldest = runs.get(runsByPosition.firstEntry().getValue());
            if (oldest == null
                    || (runs.size() <= settings.rememberedClients()
                            && oldest.millis >= now.millis() - settings.rememberedMillis())) {
                return;
            }
            drop(oldest);
            horizon = now;
            horizonMoved = true;
        }
    }

    List<Run> runs() {
        return List.copyOf(runs.values());
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
        for (RequestId first : changedRuns) {
            visitor.visit(first, runs.get(first));
        }
        changedRuns.clear();
    }

    /// The outputs remembered since the last call, or null if there are none.
    @Nullable
    NewOutputs drainOutputs() {
        NewOutputs drained = newOutputs;
        newOutputs = null;
        return drained;
    }

    interface RunVisitor {
        void visit(RequestId first, @Nullable Run run);
    }
}
