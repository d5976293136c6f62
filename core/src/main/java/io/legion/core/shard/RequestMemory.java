package io.legion.core.shard;

import io.legion.core.EventId;
import io.legion.core.RequestId;
import io.legion.core.primitive.HybridTime;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// R52: which requests history holds, so that a retry changes nothing (R53, R54), and for what each id was used
/// (R74). A part of the folded state: what it remembers and what it forgets is a function of history alone.
///
/// It keeps the numbers of a client's requests as runs without gaps. A client of Legion's own numbers its
/// requests to a shard one by one, so it costs one run, however many it made. Single ids are kept one by one.
/// Only the last few requests keep their outputs ([LatestOutputs]).
final class RequestMemory {
    /// What a run counts in the bound of the memory: part of the history, so it never changes.
    static final int RUN_BYTES = 128;

    /// What a single id counts.
    static final int SINGLE_BYTES = 64;

    /// What the memory knows of a request.
    enum Knowledge {
        /// Not in history, as far as the memory goes, and young enough for that to mean something.
        NEW,
        /// In history, and its outcome is remembered.
        REMEMBERED,
        /// In history; its outcome is forgotten.
        FORGOTTEN,
        /// Its id is in history, and stands for another event there.
        REUSED,
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

    /// A single id in history.
    ///
    /// @param position the position of its event
    /// @param time the time of its event
    /// @param fingerprint of its use ([LogEntry#fingerprint()])
    record Single(RequestId request, long position, long time, long fingerprint) {}

    /// The outcome of a request in history.
    ///
    /// @param fingerprint of its use ([LogEntry#fingerprint()])
    record Output(
            long position,
            RequestId request,
            EventId event,
            PartitionAddress address,
            long fingerprint,
            Result.Summary summary) {}

    private final ReplicaSettings settings;
    private final RequestRuns runs = new RequestRuns();
    private final SingleIds singles = new SingleIds();
    private final LatestOutputs outputs;
    private final EarlyForgetting early;

    /// What the store does not have yet.
    private final NewRecords newSingles = new NewRecords();

    private final NewRecords newOutputs = new NewRecords();
    private final OutputWire.Writer outputWriter = new OutputWire.Writer();

    /// An id is kept for this many times as long as a caller may try again: a try that was accepted within the promised
    /// time elsewhere, by a participant that was cut off, and comes long after, is at or below the horizon (R54).
    static final int KEPT_FOR_PROMISED = 2;

    private @Nullable EventId horizon;

    /// No request of a forgotten id has an output behind this position.
    private long forgottenUpTo;

    RequestMemory(ReplicaSettings settings) {
        this.settings = settings;
        this.outputs = new LatestOutputs(settings.rememberedOutputs());
        this.early = new EarlyForgetting(settings.rememberedMillis(), KEPT_FOR_PROMISED);
    }

    /// An event that is not remembered and was born at or before this may have been in history (R54); null as
    /// long as nothing was forgotten.
    @Nullable
    EventId horizon() {
        return horizon;
    }

    void horizon(@Nullable EventId horizon) {
        this.horizon = horizon;
    }

    /// What it knows of the request of an event.
    Knowledge of(LogEntry entry) {
        Knowledge known = ofId(entry.request(), entry.birth());
        return isInHistory(known) && isOfAnother(entry.request(), entry.fingerprint()) ? Knowledge.REUSED : known;
    }

    /// What it knows of a request.
    ///
    /// @param fingerprint of its use ([LogEntry#fingerprint()])
    Knowledge of(RequestId id, EventId birth, long fingerprint) {
        Knowledge known = ofId(id, birth);
        return isInHistory(known) && isOfAnother(id, fingerprint) ? Knowledge.REUSED : known;
    }

    /// What it knows of a request that a caller brings.
    Knowledge of(Request request, EventId birth) {
        Knowledge known = ofId(request.id(), birth);
        return isInHistory(known) && isOfAnother(request.id(), request.fingerprint()) ? Knowledge.REUSED : known;
    }

    private Knowledge ofId(RequestId id, EventId birth) {
        boolean known = contains(id);
        if ((known || mayHaveForgottenOutputs()) && outputs.contains(id)) {
            return Knowledge.REMEMBERED;
        }
        if (known) {
            return Knowledge.FORGOTTEN;
        }
        return horizon != null && birth.compareTo(horizon) <= 0 ? Knowledge.TOO_OLD : Knowledge.NEW;
    }

    private static boolean isInHistory(Knowledge known) {
        return known == Knowledge.REMEMBERED || known == Knowledge.FORGOTTEN;
    }

    private boolean contains(RequestId id) {
        return id.isSingle() ? singles.contains(id) : runs.contains(id);
    }

    /// R74: true if an id in history stands for another event, as far as the memory knows: of a client's number
    /// whose output is forgotten it does not.
    private boolean isOfAnother(RequestId id, long fingerprint) {
        return outputs.isOfAnother(id, fingerprint) || (id.isSingle() && singles.isOfAnother(id, fingerprint));
    }

    /// True if outputs of a forgotten id may still be there. While false, a request whose id is not remembered
    /// is new without a search, as several lookups per event find.
    private boolean mayHaveForgottenOutputs() {
        return horizon != null && !outputs.isEmpty() && outputs.firstPosition() <= forgottenUpTo;
    }

    /// The outcome of a request in history, as long as it is remembered.
    @Nullable
    Output output(RequestId id) {
        return contains(id) || mayHaveForgottenOutputs() ? outputs.find(id) : null;
    }

    /// For what a request id in history was used, as far as that is remembered; null if nothing is.
    @Nullable
    IdUse use(RequestId id) {
        Output output = output(id);
        if (output != null) {
            return new IdUse(output.event().time(), output.address());
        }
        Single single = id.isSingle() ? singles.find(id) : null;
        return single == null ? null : new IdUse(single.time(), null);
    }

    /// Adds the request of an event that has just folded, and forgets what is over the bounds.
    ///
    /// @return true if it forgot something: the horizon has moved
    boolean remember(long position, LogEntry entry, Result.Summary summary) {
        RequestId request = entry.request();
        if (request.isSingle()) {
            addNew(new Single(request, position, entry.id().time(), entry.fingerprint()));
        } else {
            runs.add(request, position, entry.id().millis());
        }
        outputs.add(position, entry, summary);
        outputWriter.write(newOutputs.next(position), position, entry, summary);
        return forget(entry.id());
    }

    private void addNew(Single single) {
        singles.add(single);
        Records.writeSingle(newSingles.next(single.position()), single);
    }

    /// Adds a stored output without counting it as new.
    void restore(Output output) {
        outputs.add(output);
        forgottenUpTo = Math.max(forgottenUpTo, output.position());
    }

    /// Adds a stored run.
    void restore(Run run) {
        runs.restore(run);
    }

    /// Adds a stored single id.
    void restore(Single single) {
        singles.add(single);
    }

    /// Adds a run that a start brought, and that the store must get.
    void installed(Run run) {
        runs.install(run);
    }

    /// Adds a single id that a start brought, and that the store must get.
    void installed(Single single) {
        addNew(single);
    }

    /// Adds an output that a start brought, and that the store must get.
    void installed(Output output) {
        restore(output);
        outputWriter.write(newOutputs.next(output.position()), output);
    }

    private boolean forget(EventId now) {
        long sinceMillis = now.millis() - KEPT_FOR_PROMISED * settings.rememberedMillis();
        boolean forgets = false;
        while (isOver(sinceMillis)) {
            early.forgets(oldestMillis(), now.millis());
            raiseHorizon(oldestMillis(), now);
            forgetOldest();
            forgets = true;
        }
        return forgets;
    }

    /// R54: an event that was born at or before the forgotten one, or within the first half of the time since
    /// then, may be a repeat of it. Those born later are not refused: a shard that forgets something with every
    /// fold could take nothing back that was accepted elsewhere.
    private void raiseHorizon(long forgottenMillis, EventId now) {
        long half = forgottenMillis + (now.millis() - forgottenMillis) / 2;
        long time = HybridTime.of(Math.max(forgottenMillis + 1, half));
        EventId raised = time < now.time() ? new EventId(time, now.origin()) : now;
        horizon = horizon == null || horizon.compareTo(raised) < 0 ? raised : horizon;
    }

    private boolean isOver(long sinceMillis) {
        return (runs.size() > 0 || singles.size() > 0)
                && (bytes() > settings.rememberedBytes() || oldestMillis() < sinceMillis);
    }

    /// What the remembered ids count.
    long bytes() {
        return (long) runs.size() * RUN_BYTES + (long) singles.size() * SINGLE_BYTES;
    }

    private boolean isOldestSingle() {
        return singles.oldestPosition() < runs.oldestPosition();
    }

    private long oldestMillis() {
        return isOldestSingle() ? singles.oldestMillis() : runs.oldestMillis();
    }

    private void forgetOldest() {
        forgottenUpTo = Math.max(forgottenUpTo, Math.min(singles.oldestPosition(), runs.oldestPosition()));
        if (isOldestSingle()) {
            singles.forgetOldest();
        } else {
            runs.forgetOldest();
        }
    }

    /// What it forgot before the promised time.
    EarlyForgetting early() {
        return early;
    }

    List<Run> runs() {
        return runs.all();
    }

    List<Single> singles() {
        return singles.all();
    }

    List<Output> outputs() {
        return outputs.all();
    }

    /// The position of the oldest single id; the largest number if there is none.
    long oldestSingle() {
        return singles.oldestPosition();
    }

    /// The position of the oldest remembered output; the largest number if there is none.
    long oldestOutput() {
        return outputs.isEmpty() ? Long.MAX_VALUE : outputs.firstPosition();
    }

    /// The runs changed since the last call, by their first numbers; a null run is gone.
    void drainRuns(RunVisitor visitor) {
        runs.drain(visitor);
    }

    /// The single ids remembered since the last call, if there are any.
    void drainSingles(Consumer<NewRecords> taker) {
        newSingles.drain(taker);
    }

    /// The outputs remembered since the last call, if there are any.
    void drainOutputs(Consumer<NewRecords> taker) {
        newOutputs.drain(taker);
        outputWriter.startOver();
    }

    interface RunVisitor {
        void visit(RequestId first, @Nullable Run run);
    }
}
