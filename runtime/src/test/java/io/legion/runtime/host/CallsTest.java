package io.legion.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.Account;
import io.legion.core.Bytes;
import io.legion.core.Codec;
import io.legion.core.NodeId;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.core.SearchTag;
import io.legion.core.placement.Member;
import io.legion.core.placement.Members;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.PartitionTypes;
import io.legion.core.shard.Read;
import io.legion.core.shard.Reply;
import io.legion.memory.SoloCluster;
import io.legion.runtime.call.Serving;
import io.legion.runtime.frame.FrameCodec;
import io.legion.runtime.frame.Item;
import io.legion.runtime.lane.NoAnswer;
import io.legion.runtime.lane.TestLanes;
import io.legion.runtime.search.SearchWaiter;
import io.legion.runtime.search.Searching;
import io.legion.service.Logger;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import io.legion.spi.Frames;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// What becomes of a call when something about it cannot be read or written, and of what came in with it.
final class CallsTest {
    private static final NodeId OTHER = new NodeId(9);
    private static final int UNKNOWN_TYPE = 77;

    private final RecordingLogger logger = RecordingLogger.open();

    /// A node without shards that knows of nobody: what it asks for stays open.
    private Node asking() {
        var node = TestLanes.node(logger, TestLanes.types(), SoloCluster.open());
        node.join(1);
        return node;
    }

    /// Numbers begin above those of an earlier life, see [io.legion.runtime.node.NodeState#beginNumbers].
    private static long firstNumber() {
        return (1L << 16) + 1;
    }

    private static TinyNetwork.Asking read(Node node) {
        var asking = new TinyNetwork.Asking(20_000);
        node.read(0, new Read(TinyNetwork.address("alice"), false), asking, 2);
        return asking;
    }

    @Test
    void whoWaitsForAStateThatCanNotBeReadHereIsToldAtOnce() {
        var node = asking();
        var asking = read(node);
        node.receive(
                OTHER,
                List.of(new Item.ReplyState(firstNumber(), Account.TYPE.id(), Bytes.wrap(new byte[] {-1}), null)),
                3);
        assertThat(asking.failure).extracting(NoAnswer::reason).isEqualTo(NoAnswer.Reason.UNREADABLE);
        assertThat(asking.failure).extracting(NoAnswer::explanation).asString().contains("account");
    }

    @Test
    void whoWaitsForAStateOfATypeThatIsNotKnownHereIsToldAtOnce() {
        var node = asking();
        var asking = read(node);
        node.receive(OTHER, List.of(new Item.ReplyState(firstNumber(), UNKNOWN_TYPE, Bytes.EMPTY, null)), 3);
        assertThat(asking.failure).extracting(NoAnswer::reason).isEqualTo(NoAnswer.Reason.UNREADABLE);
    }

    private record Fragile(long value) {}

    private static PartitionType<Fragile> unwritable(AtomicBoolean broken) {
        return PartitionType.named("fragile", new Fragile(0))
                .events(
                        new Codec<>() {
                            @Override
                            public boolean isImmutable() {
                                return true;
                            }

                            @Override
                            public byte[] encode(Fragile state) {
                                if (state.value() != 0 || broken.get()) {
                                    throw new IllegalStateException("planted");
                                }
                                return new byte[1];
                            }

                            @Override
                            public Fragile decode(byte[] bytes) {
                                return new Fragile(0);
                            }
                        },
                        io.legion.core.EventCodecs.derived(FragileChange.class));
    }

    private record FragileChange() implements io.legion.core.Event<Fragile, Long> {
        @Override
        public io.legion.core.Applied<Fragile, Long> apply(Fragile state, io.legion.core.EventContext context) {
            return io.legion.core.Applied.of(state, 0L);
        }
    }

    @Test
    void whoAsksAnotherNodeForAStateThatCanNotBeWrittenIsRefusedAtOnce() {
        var sent = new ArrayList<Item>();
        var broken = new AtomicBoolean();
        var type = unwritable(broken);
        var node = TestLanes.node(logger, new PartitionTypes(List.of(type)), frames(sent));
        node.found(1);
        broken.set(true);
        var address = new PartitionAddress(type.id(), PartitionKey.of("alice"));
        node.receive(OTHER, List.of(new Item.AskRead(5, 0, 1_000, new Read(address, false))), 2);
        node.flush(2);
        assertThat(sent)
                .filteredOn(Item.ReplyRefusal.class::isInstance)
                .singleElement()
                .satisfies(item -> {
                    var refused = (Item.ReplyRefusal) item;
                    assertThat(refused.reason()).isEqualTo(Reply.Refusal.UNREADABLE);
                    assertThat(refused.explanation()).contains("fragile").contains("planted");
                });
    }

    private static Frames frames(List<Item> sent) {
        return new Frames() {
            @Override
            public boolean send(NodeId to, Bytes frame) {
                return sent.addAll(FrameCodec.read(frame));
            }

            @Override
            public int maxFrameBytes() {
                return 1 << 20;
            }
        };
    }

    @Test
    void anItemThatCanNotBeTakenInTakesNoOtherOfItsFrameWithIt() {
        var node = asking();
        var asking = new TinyNetwork.Asking(20_000) {
            @Override
            public void replied(Reply reply) {
                throw new StackOverflowError("planted");
            }
        };
        node.read(0, new Read(TinyNetwork.address("alice"), false), asking, 2);
        byte[] state = Account.TYPE.stateCodec().encode(new Account(1, ""));
        node.receive(
                OTHER,
                List.of(
                        new Item.ReplyState(firstNumber(), Account.TYPE.id(), Bytes.wrap(state), null),
                        new Item.KnownMembers(Members.of(List.of(new Member(OTHER, Member.Status.UP, 1, 1, "", ""))))),
                3);
        assertThat(node.view().members().is(OTHER, Member.Status.UP)).isTrue();
        assertThat(logger.messages(Logger.Priority.ERROR, "planted")).hasSize(1);
    }

    @Test
    void aWaiterThatThrowsTakesNoOtherAnswerOfItsShardWithIt() {
        var node = TestLanes.node(logger, TestLanes.types(), SoloCluster.open());
        node.found(1);
        var broken = new TinyNetwork.Asking(20_000) {
            @Override
            public void replied(Reply reply) {
                throw new StackOverflowError("planted");
            }
        };
        node.read(0, new Read(TinyNetwork.address("alice"), false), broken, 2);
        var other = read(node);
        node.flush(2);
        assertThat(other.cents()).isZero();
        assertThat(logger.messages(Logger.Priority.ERROR, "planted")).hasSize(1);
        var later = read(node);
        node.flush(3);
        assertThat(later.cents()).isZero();
    }

    @Test
    void searchesBeyondTheBoundAreRefused() {
        var node = asking();
        var refused = new ArrayList<NoAnswer>();
        for (int i = 0; i < Searching.MOST_SEARCHES; i++) {
            search(node, refused);
        }
        assertThat(refused).isEmpty();
        search(node, refused);
        assertThat(refused).extracting(NoAnswer::reason).containsExactly(NoAnswer.Reason.OVERLOADED);
    }

    @Test
    void callsOfOtherNodesBeyondTheBoundAreRefusedAndCounted() {
        var sent = new ArrayList<Item>();
        var monitor = RecordingMonitor.open();
        var node = TestLanes.node(logger, TestLanes.types(), frames(sent), monitor);
        node.found(1);
        for (int i = 1; i <= Serving.MOST; i++) {
            askForState(node, i);
        }
        assertThat(node.view().refusedOfOthers()).isZero();
        askForState(node, Serving.MOST + 1);
        assertThat(node.view().refusedOfOthers()).isEqualTo(1);
        assertThat(monitor.count("legion.refused.here{of=nodes}")).isEqualTo(1);
        node.flush(2);
        assertThat(sent)
                .filteredOn(Item.ReplyRefusal.class::isInstance)
                .singleElement()
                .satisfies(
                        item -> assertThat(((Item.ReplyRefusal) item).reason()).isEqualTo(Reply.Refusal.OVERLOADED));
    }

    /// There is no answer before the next flush.
    private static void askForState(Node node, long number) {
        var read = new Read(TinyNetwork.address("alice"), false);
        node.receive(OTHER, List.of(new Item.AskRead(number, 0, 1_000, read)), 2);
    }

    private static void search(Node node, List<NoAnswer> refused) {
        node.search(
                Account.TYPE.id(),
                SearchTag.START,
                10,
                new SearchWaiter() {
                    @Override
                    public void yielded(List<io.legion.core.IndexRecord> records, boolean end) {}

                    @Override
                    public void failed(NoAnswer none) {
                        refused.add(none);
                    }

                    @Override
                    public long deadlineMillis() {
                        return Long.MAX_VALUE;
                    }
                },
                2);
    }
}
