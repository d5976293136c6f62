package io.legion.core.shard;

/// The rules of one replica, each with what it keeps for itself, on one common state.
final class Rules {
    final ReplicaState state;
    final Storing storing;
    final Sessions sessions;
    final InTouch inTouch;
    final Leavers leavers;
    final Freshness freshness;
    final Answering answering;
    final Clocks clocks;
    final Complaints complaints;
    final Originating originating;
    final Reading reading;
    final Phases phases;
    final CopySource copies;
    final Folding folding;
    final FirstDifference firstDifference;
    final Hashes hashes;
    final Deltas deltas;
    final Intake intake;
    final Reindexing reindexing;
    final Epochs epochs;
    final Telling telling;
    final Acceptor acceptor;
    final Proposer proposer;
    final Forcing forcing;
    final MissingSurvivors missingSurvivors;
    final Overruling overruling;
    final Salvaging salvaging;
    final OldCopy oldCopy;
    final Returning returning;

    Rules(Replica.Setup setup) {
        state = new ReplicaState(setup);
        storing = new Storing(state);
        inTouch = new InTouch(state);
        leavers = new Leavers(state, inTouch);
        sessions = new Sessions(state);
        answering = new Answering(state, inTouch, leavers, sessions);
        clocks = new Clocks(state);
        complaints = new Complaints(state, clocks);
        originating = new Originating(state, answering, sessions, complaints);
        reading = new Reading(state, originating, sessions, leavers);
        phases = new Phases(state, answering, reading);
        copies = new CopySource(state);
        folding = new Folding(state, answering, reading, copies);
        firstDifference = new FirstDifference(state);
        hashes = new Hashes(state, phases, firstDifference);
        oldCopy = new OldCopy(state, phases);
        deltas = new Deltas(state, hashes, complaints);
        freshness = new Freshness(state, inTouch, leavers, deltas);
        returning = new Returning(state, inTouch, freshness);
        intake = new Intake(state, clocks, hashes, oldCopy, deltas);
        reindexing = new Reindexing(state);
        epochs = new Epochs(state, answering, phases, folding, deltas, oldCopy, inTouch, leavers, reindexing);
        telling = new Telling(state, oldCopy);
        acceptor = new Acceptor(state);
        proposer = new Proposer(state, acceptor, epochs, clocks);
        forcing = new Forcing(state, acceptor, epochs);
        missingSurvivors = new MissingSurvivors(state);
        overruling = new Overruling(state, phases);
        salvaging = new Salvaging(state);
        epochs.whenChanged(() -> {
            clocks.epochChanged();
            complaints.epochChanged();
            proposer.epochChanged();
            forcing.epochChanged();
            missingSurvivors.epochChanged();
            copies.epochChanged();
            returning.epochChanged();
            freshness.epochChanged();
        });
    }
}
