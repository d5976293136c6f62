------------------------------- MODULE Shard -------------------------------
(*
   The replicas of one shard: how events spread and fold, and how a majority changes the set of participants.
   This is a model of design/protocol.md, small enough that a checker (TLC) can walk through EVERY order in
   which its steps can happen. The Java code is not checked here; the rules that it follows are.

   How to read it, without knowing TLA+:

     - A state is a value for each of the VARIABLES below. `Init` says how the world begins.
     - Each "step" below (Originate, Hear, Fold, ...) is a formula: lines without a prime (') say when the step may
       happen, lines with a prime say what a variable is afterwards. /\ is "and", \/ is "or", \E "there is",
       \A "for all", [f EXCEPT ![n] = x] "f, but x at n", @ "the old value there".
     - Nothing ever has to happen. A message that is never delivered, a participant that crashed for good or is
       slow, a cut network: all are runs in which some steps simply do not come. So losses need no steps of their own.
     - An invariant is a sentence that must hold in every state that can be reached.

   What makes the model able to fail: each rule that is marked (!) in the protocol has a switch, and with the
   switch off the checker must find a run that breaks an invariant. EveryRuleIsNeededTest runs them all.
*)
EXTENDS Naturals, Sequences, FiniteSets

CONSTANTS
    N,              \* participants are the numbers 1..N; some of them join only later
    First,          \* the participants of epoch 0
    Origins,        \* those who may originate events
    MaxEvents,      \* how many events there are in all
    MaxEpoch,       \* the last epoch that may be opened
    MaxBallot,      \* ballots per epoch: 1..MaxBallot, whoever uses them
    Changes,        \* what may be proposed, as <<epoch, removed, added>>
    Off             \* the rules that are switched off: a set of names, {} for the real protocol

VARIABLES
    epoch,          \* epoch[n]: the epoch n is in
    started,        \* the participants that have started (R45)
    members,        \* members[n]: the participants of n's epoch, as n knows them
    vector,         \* vector[n][o]: n holds the events 1..vector[n][o] of origin o
    row,            \* row[n][p]: the latest vector that n knows of p; row[n][n] is what n tells of itself
    log,            \* log[n]: the outstanding events of n
    history,        \* history[n]: what n has folded, in order
    salvage,        \* salvage[n]: its own events that n found beyond its cut
    past,           \* past[n][e]: the last delta that n could send in epoch e, which may still be under way
    promised,       \* promised[n]: the highest ballot that n promised in its epoch, 0 for none
    accepted,       \* accepted[n]: the ballot and value that n accepted in its epoch, None for none
    promises,       \* promises sent and not yet used, as records
    offers,         \* values proposed: <<epoch, ballot, value>>
    votes,          \* acceptances: <<epoch, ballot, value, who>>
    durable,        \* events for which somebody answered DURABLE
    born            \* every event that was ever originated

vars == <<epoch, started, members, vector, row, log, history, salvage, past, promised, accepted, promises, offers, votes,
          durable, born>>

-----------------------------------------------------------------------------
(* Words *)

All == 1..N
On(rule) == rule \notin Off
None == <<>>
Nothing == [o \in All |-> 0]                        \* the empty vector
Max(a, b) == IF a > b THEN a ELSE b
Min(a, b) == IF a < b THEN a ELSE b
Biggest(S) == IF S = {} THEN 0 ELSE CHOOSE m \in S : \A k \in S : k <= m
Range(seq) == {seq[i] : i \in 1..Len(seq)}
Majority(S, whole) == Cardinality(S \cap whole) * 2 > Cardinality(whole)

(* An event is <<time, origin, sequence number>>; (time, origin) is its id and gives the order. *)
Time(x) == x[1]
Origin(x) == x[2]
Number(x) == x[3]
Before(x, y) == Time(x) < Time(y) \/ (Time(x) = Time(y) /\ Origin(x) < Origin(y))

Holds(n) == log[n] \cup Range(history[n])
Frozen(n) == promised[n] > 0
Acts(n) == n \in started /\ n \in members[n]        \* a participant that has started and does not know it is removed

(* R6: the clock is past every event held. (Off: it only counts the events of its own.) *)
Clock(n) == Biggest({Time(x) : x \in {y \in Holds(n) : On("clock") \/ Origin(y) = n}})

Join(v, w) == [o \in All |-> Max(v[o], w[o])]
Covers(v, x) == v[Origin(x)] >= Number(x)

-----------------------------------------------------------------------------
Init ==
    /\ epoch = [n \in All |-> 0]
    /\ started = First
    /\ members = [n \in All |-> First]
    /\ vector = [n \in All |-> Nothing]
    /\ row = [n \in All |-> [p \in All |-> Nothing]]
    /\ log = [n \in All |-> {}]
    /\ history = [n \in All |-> <<>>]
    /\ salvage = [n \in All |-> {}]
    /\ past = [n \in All |-> <<>>]
    /\ promised = [n \in All |-> 0]
    /\ accepted = [n \in All |-> None]
    /\ promises = {}
    /\ offers = {}
    /\ votes = {}
    /\ durable = {}
    /\ born = {}

-----------------------------------------------------------------------------
(* Events flow *)

(* R26: a participant that is frozen leaves its own row as it was when it promised. *)
OwnRow(n, v) == IF Frozen(n) /\ On("row stands") /\ On("freeze") THEN row[n] ELSE [row[n] EXCEPT ![n] = v]

(* R9. Also while frozen, and even by one that promised its own removal: sealing (R32) is not needed to be safe. *)
Originate(n) ==
    /\ Acts(n) /\ n \in Origins /\ Cardinality(born) < MaxEvents
    /\ LET x == <<Clock(n) + 1, n, vector[n][n] + 1>>
           v == [vector[n] EXCEPT ![n] = @ + 1]
       IN /\ vector' = [vector EXCEPT ![n] = v]
          /\ log' = [log EXCEPT ![n] = @ \cup {x}]
          /\ row' = [row EXCEPT ![n] = OwnRow(n, v)]
          /\ born' = born \cup {x}
    /\ UNCHANGED <<epoch, started, members, history, salvage, past, promised, accepted, promises, offers, votes, durable>>

(* What `from` says, or said last, in epoch e. A delta may come in pieces: events and row are heard apart. *)
Delta(from, e) ==
    IF epoch[from] = e THEN [row |-> row[from][from], log |-> log[from]] ELSE past[from][e + 1]

CanHear(n, from) ==
    /\ n # from /\ Acts(n) /\ from \in started /\ from \in members[n]
    /\ epoch[from] >= epoch[n]                       \* R13: a delta of this same epoch, perhaps an old one
    /\ Len(past[from]) > epoch[n] \/ epoch[from] = epoch[n]
    /\ (On("freeze") => ~Frozen(n))                  \* R30 

(* R11, R14: of the events given, those of participants that follow without a gap. *)
RECURSIVE Follow(_, _)
Follow(v, given) ==                                   \* the vector after taking what follows v
    LET next == {x \in given : Number(x) = v[Origin(x)] + 1}
    IN IF next = {} THEN v ELSE Follow([o \in All |-> IF \E x \in next : Origin(x) = o THEN v[o] + 1 ELSE v[o]], given)

(* R26: whoever is not frozen may count, for any outstanding event. *)
(* A delta arrives whole, or its events are lost or come later and only the row arrives. *)
Hear(n, from, whole) ==
    /\ CanHear(n, from)
    /\ LET delta == Delta(from, epoch[n])
           given == {x \in delta.log : whole /\ Origin(x) \in members[n]}
           v == Follow(vector[n], given)
           fresh == {x \in given : Number(x) > vector[n][Origin(x)] /\ Number(x) <= v[Origin(x)]}
           held == log[n] \cup fresh
           rows == [OwnRow(n, v) EXCEPT ![from] = Join(@, delta.row)]
       IN /\ IF whole THEN fresh # {} ELSE rows # row[n]
          /\ vector' = [vector EXCEPT ![n] = v]
          /\ log' = [log EXCEPT ![n] = held]
          /\ row' = [row EXCEPT ![n] = rows]
          /\ durable' = IF Frozen(n) THEN durable
                        ELSE durable \cup {x \in held : Majority({p \in members[n] : Covers(rows[p], x)}, members[n])}
    /\ UNCHANGED <<epoch, started, members, history, salvage, past, promised, accepted, promises, offers, votes, born>>

-----------------------------------------------------------------------------
(* Fold: R18, R19, R20, R21, R22 *)

Everybody(n, x) ==
    IF On("everybody") THEN \A p \in members[n] : Covers(row[n][p], x)
    ELSE Majority({p \in members[n] : Covers(row[n][p], x)}, members[n])

Backed(n) == \A p \in members[n] : vector[n][p] >= row[n][p][p]

Smallest(n) == CHOOSE x \in log[n] : \A y \in log[n] : y = x \/ Before(x, y)

CanFold(n) ==
    /\ log[n] # {} /\ Acts(n)
    /\ On("freeze") => ~Frozen(n)
    /\ Everybody(n, Smallest(n))
    /\ On("backed") => Backed(n)

Fold(n) ==
    /\ CanFold(n)
    /\ log' = [log EXCEPT ![n] = @ \ {Smallest(n)}]
    /\ history' = [history EXCEPT ![n] = Append(@, Smallest(n))]
    /\ UNCHANGED <<epoch, started, members, vector, row, salvage, past, promised, accepted, promises, offers, votes, durable, born>>

-----------------------------------------------------------------------------
(* The change of the participants: one decision per epoch, by Paxos among its participants *)

(* R30, R31. `Prepare` needs no step: a promise of any ballot may come at any time. *)
Promise(n, b) ==
    /\ Acts(n) /\ epoch[n] < MaxEpoch
    /\ b > promised[n]
    /\ On("ballot") => ~\E o \in offers : o[1] = epoch[n] /\ o[2] = b   \* later promises of this ballot change nothing
    /\ promised' = [promised EXCEPT ![n] = b]
    /\ promises' = promises \cup
         {[who |-> n, epoch |-> epoch[n], ballot |-> b, accepted |-> accepted[n], vector |-> vector[n],
           tail |-> IF On("tail") THEN log[n] ELSE {}]}
    /\ UNCHANGED <<epoch, started, members, vector, row, log, history, salvage, past, accepted, offers, votes, durable, born>>

(* R34: a new value from the promises of a quorum. *)
NewValue(Q, P, removed, added) ==
    LET cut == [q \in removed |-> Biggest({m.vector[q] : m \in Q})]
        all == UNION {m.tail : m \in Q}
    IN [next |-> (P \ removed) \cup added, cut |-> cut,
        tail |-> {x \in all : Origin(x) \in removed => Number(x) <= cut[Origin(x)]}]

(* R33: the value is that of the highest accepted ballot among the promises, else a new one. *)
Propose(n, b) ==
    /\ Acts(n)
    /\ On("ballot") => ~\E o \in offers : o[1] = epoch[n] /\ o[2] = b   \* R29: one proposal for one ballot
    /\ LET heard == {m \in promises : m.epoch = epoch[n] /\ m.ballot = b}
       IN \E Q \in SUBSET heard :
            /\ Majority({m.who : m \in Q}, members[n])
            /\ Cardinality({m.who : m \in Q}) = Cardinality(Q)
            /\ LET taken == {m.accepted : m \in Q} \ {None}
                   highest == {a \in taken : \A c \in taken : c.ballot <= a.ballot}
               IN \E value \in
                     IF taken # {} /\ On("accepted value") THEN {a.value : a \in highest}
                     ELSE {NewValue(Q, members[n], c[2], c[3]) : c \in {d \in Changes : d[1] = epoch[n]}} :
                    /\ <<epoch[n], b, value>> \notin offers
                    /\ offers' = offers \cup {<<epoch[n], b, value>>}
       /\ promises' = IF On("ballot") THEN promises \ heard ELSE promises
    /\ UNCHANGED <<epoch, started, members, vector, row, log, history, salvage, past, promised, accepted, votes, durable, born>>

(* R36 *)
Accept(n) ==
    /\ Acts(n)
    /\ \E o \in offers :
        /\ o[1] = epoch[n] /\ o[2] >= promised[n]
        /\ <<o[1], o[2], o[3], n>> \notin votes
        /\ promised' = [promised EXCEPT ![n] = o[2]]
        /\ accepted' = [accepted EXCEPT ![n] = [ballot |-> o[2], value |-> o[3]]]
        /\ votes' = votes \cup {<<o[1], o[2], o[3], n>>}
    /\ UNCHANGED <<epoch, started, members, vector, row, log, history, salvage, past, promises, offers, durable, born>>

(* A crash that loses a promise that was not forced (only when R38 is off). *)
Forget(n) ==
    /\ ~On("forced") /\ Frozen(n)
    /\ promised' = [promised EXCEPT ![n] = 0]
    /\ accepted' = [accepted EXCEPT ![n] = None]
    /\ UNCHANGED <<epoch, started, members, vector, row, log, history, salvage, past, promises, offers, votes, durable, born>>

Decided(e, P) == {o[3] : o \in {c \in offers : c[1] = e /\
                    Majority({v[4] : v \in {w \in votes : w[1] = e /\ w[2] = c[2] /\ w[3] = c[3]}}, P)}}

(* R39: take the tail in, drop what is beyond a cut, and be in the next epoch. *)
Lower(v, cut) == [o \in All |-> IF o \in DOMAIN cut THEN Min(v[o], cut[o]) ELSE v[o]]

Enter(n) ==
    /\ n \in started /\ n \in members[n]
    /\ \E value \in Decided(epoch[n], members[n]) :
        LET fresh == {x \in value.tail : Number(x) > vector[n][Origin(x)]}
            full == Follow(vector[n], fresh)
            held == log[n] \cup fresh
            gone == IF On("cut") THEN {x \in held : Origin(x) \in DOMAIN value.cut /\ Number(x) > value.cut[Origin(x)]} ELSE {}
            v == Lower(full, value.cut)
        IN /\ past' = [past EXCEPT ![n] = Append(@, [row |-> row[n][n], log |-> log[n]])]
           /\ epoch' = [epoch EXCEPT ![n] = @ + 1]
           /\ members' = [members EXCEPT ![n] = value.next]
           /\ log' = [log EXCEPT ![n] = held \ gone]
           /\ salvage' = [salvage EXCEPT ![n] = @ \cup {x \in gone : Origin(x) = n}]
           /\ vector' = [vector EXCEPT ![n] = v]
           /\ row' = [row EXCEPT ![n] =
                 [p \in All |-> IF p = n THEN v ELSE IF p \in value.next THEN Lower(row[n][p], value.cut) ELSE Nothing]]
           /\ promised' = [promised EXCEPT ![n] = 0]
           /\ accepted' = [accepted EXCEPT ![n] = None]
    /\ UNCHANGED <<started, history, promises, offers, votes, durable, born>>

(* An epoch is settled once a majority of its participants has entered it. *)
Sets(e) == {members[n] : n \in {m \in started : epoch[m] = e}}
Members(e) == CHOOSE P \in Sets(e) : TRUE
Settled(e) == e = 0 \/ (Sets(e) # {} /\ Majority({n \in started : epoch[n] >= e}, Members(e)))

(* R45: an added participant starts from one that has learnt the decision, even from one that it removed (R41). *)
Start(n, from) ==
    /\ n # from /\ from \in started /\ n \in members[from] /\ (On("dropped") => epoch[from] > 0)
    /\ n \notin started \/ (~On("new ids") /\ n \notin members[n])
    /\ started' = started \cup {n}
    /\ epoch' = [epoch EXCEPT ![n] = epoch[from]]
    /\ members' = [members EXCEPT ![n] = members[from]]
    /\ vector' = [vector EXCEPT ![n] = vector[from]]
    /\ row' = [row EXCEPT ![n] = [p \in All |-> IF p = n THEN vector[from] ELSE Nothing]]
    /\ log' = [log EXCEPT ![n] = log[from]]
    /\ history' = [history EXCEPT ![n] = history[from]]
    /\ past' = [past EXCEPT ![n] = [e \in 1..epoch[from] |-> [row |-> Nothing, log |-> {}]]]
    /\ promised' = [promised EXCEPT ![n] = 0]
    /\ accepted' = [accepted EXCEPT ![n] = None]
    /\ UNCHANGED <<salvage, promises, offers, votes, durable, born>>

(* A removed participant drops its copy once the next epoch is settled (R41). Its node takes no start as that participant
   any more, so with R69 the model need not say more of it than that it does nothing. (Only when R69 is off: whoever has
   not heard of the removal gives it a start, and its promises are forgotten.) *)
Drop(n) ==
    /\ ~On("dropped") /\ n \in started /\ n \notin members[n] /\ Settled(epoch[n])
    /\ started' = started \ {n}
    /\ UNCHANGED <<epoch, members, vector, row, log, history, salvage, past, promised, accepted, promises, offers, votes, durable, born>>

-----------------------------------------------------------------------------
(* A replica folds what it can at once, before anything else happens to it, as the code does. *)
Next ==
    IF \E n \in All : CanFold(n) THEN Fold(CHOOSE n \in All : CanFold(n))
    ELSE \E n \in All :
        \/ Originate(n)
        \/ \E from \in All : Start(n, from) \/ \E whole \in BOOLEAN : Hear(n, from, whole)
        \/ \E b \in 1..MaxBallot : Promise(n, b) \/ Propose(n, b)
        \/ Accept(n)
        \/ Forget(n)
        \/ Enter(n)
        \/ Drop(n)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(* What must hold in every state *)

Prefix(a, b) == Len(a) <= Len(b) /\ \A i \in 1..Len(a) : a[i] = b[i]

(* I1: what any two replicas have folded, removed ones too, are beginnings of one history. *)
FoldOrder == \A n, m \in All : Prefix(history[n], history[m]) \/ Prefix(history[m], history[n])

(* I1, the reason: nobody folds past a smaller event that belongs to history and was hidden from it. *)
NothingHidden ==
    \A n, m \in All : history[m] # <<>> /\ n \in started =>
        \A x \in log[n] : Origin(x) \in members[m] /\ Before(x, history[m][Len(history[m])]) => x \in Range(history[m])

(* I6: one decision per epoch, and an id or a sequence number names one event. *)
OneDecision == \A e \in 0..MaxEpoch : \A P \in Sets(e) : Cardinality(Decided(e, P)) <= 1 
OneSet == \A n, m \in started : epoch[n] = epoch[m] => members[n] = members[m]
OneName == \A x, y \in born : x # y => (Time(x) # Time(y) \/ Origin(x) # Origin(y)) /\ (Number(x) # Number(y) \/ Origin(x) # Origin(y))

(* I3: what is salvaged, to be submitted again, is not in history as well. *)
SalvagedIsNotHistory == \A n, m \in All : salvage[n] \cap Range(history[m]) = {}

(* Vectors tell the truth: a replica holds exactly the events that its vector says. (R11, R20, R39) *)
VectorIsTrue ==
    \A n \in started : \A o \in All :
        {Number(x) : x \in {y \in Holds(n) : Origin(y) = o}} = 1..vector[n][o]

(* I4: whatever minority of disks is destroyed, somebody who is left holds each DURABLE event. `lost` may hold half or
   more of no epoch that still counts: that is the last settled epoch (R41) and those after it. Who accepted a value
   holds its tail (R36). *)
Known == {e \in 0..MaxEpoch : Sets(e) # {}}
Newest == Biggest(Known)
DecidedAt(e) == CHOOSE value \in Decided(e, Members(e)) : TRUE
LastSettled == Biggest({e \in Known : Settled(e)})
Counting == {Members(e) : e \in {d \in Known : d >= LastSettled}}
            \cup (IF Decided(Newest, Members(Newest)) # {} THEN {DecidedAt(Newest).next} ELSE {})
Keeps(n) == On("keep") \/ n \in members[n]          \* R41 off: who learns that it is removed throws everything away
HasStill(n, x) == n \in started /\ Keeps(n) /\ (x \in Holds(n) \/ (accepted[n] # None /\ x \in accepted[n].value.tail))
DurableSurvives ==
    durable # {} =>
    \A lost \in SUBSET All : (\A P \in Counting : Cardinality(lost \cap P) * 2 < Cardinality(P)) =>
        \A x \in durable : \E n \in All \ lost : HasStill(n, x)
=============================================================================
