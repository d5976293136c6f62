----------------------------- MODULE Scenarios -----------------------------
(* The changes that may be proposed, per scenario: <<epoch, removed, added>>. TLC's configuration files cannot write these. *)
EXTENDS Shard

NoChange == {}                                              \* one epoch: events and folds only
RemoveEither == {<<0, {1}, {}>>, <<0, {2}, {}>>}
ReplaceEither == {<<0, {1}, {4}>>, <<0, {2}, {4}>>}
ReplaceLast == {<<0, {3}, {4}>>}
ReplaceMiddle == {<<0, {2}, {4}>>}
LeaveAndComeBack == {<<0, {2}, {}>>, <<1, {}, {2}>>}                  \* under the old id
LeaveAndReturnAfresh == {<<0, {2}, {}>>, <<1, {}, {3}>>}               \* the same node as participant 3

(* Sentences that are NOT true. The checker must find a run against each: so the interesting things do happen in the model,
   and an invariant above does not hold merely because nothing ever came near it. *)
NothingIsDurable == durable = {}
NothingIsSalvaged == \A n \in All : salvage[n] = {}
NobodyStarts == started = First
NobodyFoldsWithTheNewcomer == \A n \in All : history[n] # <<>> => row[n][4] = Nothing
NoValueIsProposedAgain == \A x, y \in offers : x[1] = y[1] /\ x[3] = y[3] => x[2] = y[2]
=============================================================================
