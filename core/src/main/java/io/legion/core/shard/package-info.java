/// Internal: the replica of a shard as a pure state machine. Inputs go in, [io.legion.core.shard.Effects] come out.
///
/// Everything here belongs to one owner at a time and is not safe for use by several threads. The package is flat
/// because its classes share one [io.legion.core.shard.ReplicaState]; they form ten groups:
///
/// - *entry*, which takes inputs in, gives effects out: Replica, Rules, Reception, ReplicaState,
///   ReplicaSettings, ReplicaStatus, Phases, PartitionTypes, PartitionAddress, Shards, Request, Read,
///   Change, LossAccepted, Effects, Outbox, Write, Send, Tell, Reply, Alarm, ReplicaProgress, PartitionLook,
///   UnknownDataException, UnknownVersionException.
/// - *order*, which accepts events, exchanges them, folds and answers them: Originating, Intake, Deltas,
///   Peer, VersionVector, ParticipantMap, KnownParticipants, Participants, LogEntry, EntryLog, EntryOrder,
///   OutstandingRequests, RequestTable, Folding, Answering, History, Hash, Hashes,
///   HashTrail, RecentFolds, FirstDifference, DifferenceText.
/// - *readers*, who find what was answered: Reading, InTouch, Leavers, Freshness, Sessions, Seen.
/// - *clocks*, which may be wrong: Clocks, ClockLead, Complaints, Silence.
/// - *state*, which applies events, remembers requests: Infimum, Projections, Chain, ChainTable, Ring,
///   Applier, FoldObserver, Result, StateMeasure, LargeStates, Tagger, UnstoredTags, RequestMemory, RequestRun,
///   RequestRuns, ClientRuns, SingleIds, LatestOutputs, RequestRing, IdUse, EarlyForgetting, EarlyWarning,
///   LongMap, LookRequests.
/// - *versions*, under which events are applied: VersionTable, TypeMap, VersionBoundary, Raise, IndexVersions,
///   Reindexing.
/// - *change*, which decides the next epoch: Acceptor, Proposer, Proposal, Promises, Ballot, Decision,
///   Epochs, Telling, Salvaging.
/// - *eras*, forced changes, and what they overrule: Forcing, MissingSurvivors, Overruling, Overruled, Listing,
///   Lineage, Unfound.
/// - *copy and return*, copies for new participants, stores that are old: CopySource, CopyTarget, OldCopy,
///   RetiredPlace, ReplicaPlace, Returning.
/// - *stored and wire*, what is written and sent, and read again: Storing, ShardStorage, Journal,
///   Checkpoint, RecordChunks, NewRecords, Records, OutputWire, Recovery, StoredEntry, StoredHistory, Message,
/// MessageCodec, Wire.
package io.legion.core.shard;
