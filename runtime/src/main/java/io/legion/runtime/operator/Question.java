package io.legion.runtime.operator;

import io.legion.core.Bytes;
import io.legion.core.Codec;
import io.legion.core.CodecLimits;
import io.legion.core.NodeId;
import io.legion.core.PartitionKey;
import io.legion.operations.KeyPage;
import io.legion.operations.Operations;
import io.legion.operations.VersionOrder;
import io.legion.recording.RecordedPiece;
import io.legion.recording.RecordingOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What one node asks of another for an operator: one call of [Operations]. Its name and its components go over the
/// wire, so they stay as they are; a node that does not know a question says so.
sealed interface Question {
    /// As bytes.
    Codec<Question> CODEC = Codec.derived(Question.class, new CodecLimits(64 * 1024, 16));

    /// What these operations say.
    Told answered(Operations by);

    record Identity() implements Question {
        @Override
        public Told answered(Operations by) {
            return new Told.Identity(by.identity());
        }
    }

    record Members() implements Question {
        @Override
        public Told answered(Operations by) {
            return new Told.Members(by.members());
        }
    }

    record Report() implements Question {
        @Override
        public Told answered(Operations by) {
            return new Told.Report(by.report());
        }
    }

    record Peers() implements Question {
        @Override
        public Told answered(Operations by) {
            return new Told.Peers(by.peers());
        }
    }

    record Shards(int from, int limit) implements Question {
        @Override
        public Told answered(Operations by) {
            return new Told.Shards(by.shards(from, limit));
        }
    }

    record Shard(int shard) implements Question {
        @Override
        public Told answered(Operations by) {
            return new Told.Shards(by.shard(shard).stream().toList());
        }
    }

    record Place(String type, PartitionKey key) implements Question {
        @Override
        public Told answered(Operations by) {
            return new Told.Place(by.place(type, key));
        }
    }

    record Partition(String type, PartitionKey key) implements Question {
        @Override
        public Told answered(Operations by) {
            return new Told.Partition(by.partition(type, key));
        }
    }

    record Keys(String type, Bytes prefix, KeyPage.Bookmark from, int limit) implements Question {
        @Override
        public Told answered(Operations by) {
            return new Told.Keys(by.keys(type, prefix, from, limit));
        }
    }

    record StoppedShards() implements Question {
        @Override
        public Told answered(Operations by) {
            return new Told.StoppedShards(by.stoppedShards());
        }
    }

    record DropStoppedCopy(int shard) implements Question {
        @Override
        public Told answered(Operations by) {
            return new Told.Done(by.dropStoppedCopy(shard));
        }
    }

    /// The other node begins to leave, and says whether it has left: nobody waits there.
    record Leave() implements Question {
        @Override
        public Told answered(Operations by) {
            return new Told.Done(by.leave(Duration.ZERO));
        }
    }

    record Eject(NodeId node) implements Question {
        @Override
        public Told answered(Operations by) {
            by.eject(node);
            return new Told.Done(true);
        }
    }

    record PauseRebalancing() implements Question {
        @Override
        public Told answered(Operations by) {
            by.pauseRebalancing();
            return new Told.Done(true);
        }
    }

    record ResumeRebalancing() implements Question {
        @Override
        public Told answered(Operations by) {
            by.resumeRebalancing();
            return new Told.Done(true);
        }
    }

    record Force(Set<NodeId> lost) implements Question {
        @Override
        public Told answered(Operations by) {
            return new Told.Forced(by.force(lost));
        }
    }

    record WouldForce(Set<NodeId> lost) implements Question {
        @Override
        public Told answered(Operations by) {
            return new Told.Forced(by.wouldForce(lost));
        }
    }

    record AcceptClocksAhead(Duration ahead) implements Question {
        @Override
        public Told answered(Operations by) {
            by.acceptClocksAhead(ahead);
            return new Told.Done(true);
        }
    }

    record OverruledCopies() implements Question {
        @Override
        public Told answered(Operations by) {
            return new Told.OverruledCopies(by.overruledCopies());
        }
    }

    record DropOverruledCopy(int shard) implements Question {
        @Override
        public Told answered(Operations by) {
            return new Told.Done(by.dropOverruledCopy(shard));
        }
    }

    record Troubles() implements Question {
        @Override
        public Told answered(Operations by) {
            return new Told.Troubles(by.troubles());
        }
    }

    record LostRequests() implements Question {
        @Override
        public Told answered(Operations by) {
            return new Told.LostRequests(by.lostRequests());
        }
    }

    record TypeShapes() implements Question {
        @Override
        public Told answered(Operations by) {
            return new Told.TypeShapes(by.typeShapes());
        }
    }

    record Versions() implements Question {
        @Override
        public Told answered(Operations by) {
            return new Told.Versions(by.versions());
        }
    }

    record SteerVersions(VersionOrder order) implements Question {
        @Override
        public Told answered(Operations by) {
            by.steerVersions(order);
            return new Told.Done(true);
        }
    }

    record Settle(List<Integer> shards, Duration patience) implements Question {
        @Override
        public Told answered(Operations by) {
            return new Told.Settled(by.settle(shards, patience));
        }
    }

    record Extract(int shard, long least) implements Question {
        @Override
        public Told answered(Operations by) {
            return new Told.Extracted(by.extract(shard, least));
        }
    }

    record Piece(long extract, int section, int offset, Optional<Bytes> expected) implements Question {
        @Override
        public Told answered(Operations by) {
            return new Told.Piece(by.piece(extract, section, offset, expected));
        }
    }

    record BeginRecording(RecordingOrder order) implements Question {
        @Override
        public Told answered(Operations by) {
            return new Told.Recorded(new RecordedPiece(by.record(order), Bytes.EMPTY));
        }
    }

    record Recorded(long recording, int offset) implements Question {
        @Override
        public Told answered(Operations by) {
            return new Told.Recorded(by.recorded(recording, offset));
        }
    }
}
