package io.legion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.legion.core.Bytes;
import io.legion.core.Consistency;
import io.legion.core.NodeId;
import io.legion.core.PartitionKey;
import io.legion.core.SearchTag;
import io.legion.core.Tag;
import io.legion.memory.MemoryStore;
import io.legion.memory.SoloCluster;
import io.legion.operations.ForcedChange;
import io.legion.operations.KeyPage;
import io.legion.operations.LoadReport;
import io.legion.operations.MemberReport;
import io.legion.operations.NodeReport;
import io.legion.operations.Operations;
import io.legion.operations.PartitionPlace;
import io.legion.operations.PartitionReport;
import io.legion.operations.PeerReport;
import io.legion.operations.ShardReport;
import io.legion.operations.UnreachableException;
import io.legion.runtime.consult.ConsultWaiter;
import io.legion.runtime.lane.TestLanes;
import io.legion.runtime.operator.Desk;
import io.legion.runtime.operator.NodeOperations;
import io.legion.service.Logger.Priority;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import io.legion.spi.Store;
import io.legion.spi.StoreException;
import io.legion.spi.WrappedStore;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What an operator asks of a node by way of another one.
@Timeout(120)
final class DistantOperationsTest {
    private static final int SHARDS = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(200);
    private final Instant before = Instant.now();

    private final Street street = new Street();
    private final List<Legion> nodes = new ArrayList<>();
    private final RecordingLogger logger = RecordingLogger.open();

    /// That of the second node.
    private final WrappedStore store = new WrappedStore(memory());

    @AfterEach
    void close() {
        nodes.forEach(Legion::close);
        street.close();
        logger.close();
    }

    private static MemoryStore memory() {
        return TestLanes.memory();
    }

    private Legion open(Store at, StartupMode mode) {
        var settings = Legion.named("bank")
                .shards(SHARDS)
                .startup(mode)
                .tick(Duration.ofMillis(5))
                .joinTimeout(Duration.ofSeconds(1))
                .placement(new PlacementSettings(
                        3, Duration.ofSeconds(30), Duration.ofSeconds(1), 8, RequestRoute.PREFERRED, 1, ""))
                .settings();
        var legion = Legion.with(settings)
                .store(at)
                .cluster(street.house())
                .logger(logger)
                .monitor(RecordingMonitor.open())
                .open(Account.TYPE);
        nodes.add(legion);
        return legion;
    }

    private Legion node(int number) {
        return nodes.get(number);
    }

    private Operations here(int number) {
        return node(number).operations();
    }

    /// The second node's operations, by way of the first.
    private Operations there(Duration patience) {
        return here(0).at(node(1).node(), patience);
    }

    private void three() {
        open(memory(), new StartupMode.NewCluster());
        open(store, new StartupMode.Automatic(false));
        open(memory(), new StartupMode.Automatic(false));
        assertSoon("every shard has three participants", () -> nodes.stream().allMatch(node -> hosts(node, 3)));
    }

    private static boolean hosts(Legion node, int participants) {
        var shards = node.operations().shards();
        return shards.size() == SHARDS
                && shards.stream()
                        .allMatch(shard -> shard.phase() == ShardReport.Phase.PARTICIPATING
                                && shard.participants().size() == participants
                                && shard.participants().stream().allMatch(ShardReport.Participant::entered));
    }

    private static void assertSoon(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private void deposit(int at, String key, long cents, Consistency consistency) {
        node(at).partitions(Account.TYPE).of(key).request(new Account.Deposit(cents), consistency);
    }

    /// The other node says the same to this one as to its own callers.
    private void assertSame(Function<Operations, Object> question) {
        assertThat(question.apply(there(PATIENCE))).isEqualTo(question.apply(here(1)));
    }

    @Test
    void eachQuestionIsAnsweredByAnotherNodeAsByItself() {
        three();
        for (int i = 0; i < 20; i++) {
            deposit(0, "p" + i, 1 + i, Consistency.FINAL);
        }
        assertSoon(
                "all is stored",
                () -> keys(here(1), "").size()
                                + keys(here(0), "").size()
                                + keys(here(2), "").size()
                        == 20);
        assertSoon("nothing is outstanding", () -> here(1).report().outstanding() == 0);
        assertSame(Operations::identity);
        assertSame(Operations::members);
        assertSame(operations -> operations.shards(2, 3).stream()
                .map(DistantOperationsTest::lasting)
                .toList());
        assertSame(operations ->
                operations.shards().stream().map(DistantOperationsTest::lasting).toList());
        assertSame(operations -> operations.shard(5).map(DistantOperationsTest::lasting));
        assertSame(operations -> operations.place("account", PartitionKey.of("p1")));
        assertSame(operations -> operations.partition("account", PartitionKey.of("p1")));
        assertSame(operations -> keys(operations, "p1"));
        assertSame(Operations::stoppedShards);
        assertSame(Operations::overruledCopies);
        assertSame(Operations::lostRequests);
        assertSame(operations -> operations.wouldForce(Set.of(node(2).node())));
        assertSame(operations -> lasting(operations.report()));
        assertSame(
                operations -> operations.peers().stream().map(PeerReport::node).toList());
        assertSame(operations -> operations.index("account", SearchTag.START, 3));
        assertSame(operations -> operations.dropStoppedCopy(1));
        assertSame(operations -> operations.dropOverruledCopy(1));
        assertThat(here(0).at(node(0).node(), PATIENCE)).isSameAs(here(0));
        assertThat(there(PATIENCE).at(node(2).node(), PATIENCE).identity().node())
                .isEqualTo(node(2).node());
        assertThat(there(PATIENCE).at(node(0).node(), PATIENCE)).isSameAs(here(0));
    }

    @Test
    void anEventWithAFaultIsAmongTheTroublesOfTheNodeThatItCameThrough() {
        three();
        var partition = node(1).partitions(Account.TYPE).of("a");
        var id = partition.nextRequestId();
        for (int i = 0; i < 3; i++) {
            var answer = partition.request(new Account.Divide(0), Consistency.FAST, id);
            assertThat(answer.outcome()).isInstanceOf(io.legion.core.Outcome.Failure.class);
        }
        assertThat(there(PATIENCE).troubles().events()).singleElement().satisfies(failing -> {
            assertThat(failing.type()).isEqualTo("account");
            assertThat(failing.event()).isEqualTo("Divide");
            assertThat(failing.count()).as("retries do not count").isEqualTo(1);
            assertThat(failing.message()).isEqualTo("java.lang.ArithmeticException: / by zero");
        });
        assertThat(here(0).troubles().events()).isEmpty();
    }

    @Test
    void anEventThatSaysNoIsNoTrouble() {
        three();
        var answer = node(1).partitions(Account.TYPE).of("a").request(new Account.Withdraw(1), Consistency.FAST);
        assertThat(answer.outcome()).isInstanceOf(io.legion.core.Outcome.Failure.class);
        assertThat(here(1).troubles().events()).isEmpty();
    }

    /// What does not change from one moment to the next.
    private static List<Object> lasting(ShardReport shard) {
        return List.of(
                shard.shard(),
                shard.phase(),
                shard.epoch(),
                shard.era(),
                shard.folded(),
                shard.historyHash(),
                shard.requestMemory(),
                shard.foldWaits(),
                shard.copiedBytes(),
                shard.participants().stream().map(ShardReport.Participant::id).toList());
    }

    private static List<Object> lasting(NodeReport report) {
        return List.of(
                report.node(),
                report.release(),
                report.java(),
                report.started(),
                report.silence(),
                report.serving(),
                report.hosted(),
                report.rebalancingPaused(),
                report.store(),
                report.heapMax(),
                report.types(),
                report.load());
    }

    /// The keys that a node lists, page by page.
    private static List<PartitionKey> keys(Operations operations, String prefix) {
        var all = new ArrayList<PartitionKey>();
        for (var from = Optional.of(KeyPage.Bookmark.BEGIN); from.isPresent(); ) {
            var page = operations.keys("account", Bytes.of(prefix), from.get(), 3);
            page.keys().forEach(found -> all.add(found.key()));
            from = page.next();
        }
        return all;
    }

    @Test
    void aNodeReportsItselfItsLoadAndItsPeers() {
        three();
        for (int i = 0; i < 30; i++) {
            deposit(1, "p" + i, 1, i < 10 ? Consistency.FAST : Consistency.FINAL);
            node(1).partitions(Account.TYPE).of("p" + i).read(Consistency.FAST);
        }
        var report = there(PATIENCE).report();
        assertThat(report.node()).isEqualTo(node(1).node());
        assertThat(report.release()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
        assertThat(report.java()).isEqualTo(Runtime.version().toString());
        assertThat(report.started()).isBetween(before, Instant.now());
        assertThat(report.uptime())
                .isBetween(
                        Duration.ofMillis(1),
                        Duration.between(before, Instant.now()).plusSeconds(1));
        assertThat(report.hosted()).isEqualTo(SHARDS);
        assertThat(report.store()).isEqualTo(new NodeReport.StoreReport(NodeReport.StoreReport.State.OK, ""));
        assertThat(report.heapUsed()).isBetween(1L, report.heapMax());
        assertThat(report.types()).containsExactly(new NodeReport.TypeReport("account", true));
        assertThat(report.clockOffset())
                .hasValueSatisfying(offset ->
                        assertThat(offset.abs()).as("one machine has one clock").isLessThan(Duration.ofSeconds(5)));
        LoadReport load = report.load();
        assertThat(load.requests(Consistency.FAST)).isEqualTo(10);
        assertThat(load.requests(Consistency.DURABLE)).isZero();
        assertThat(load.requests(Consistency.FINAL)).isEqualTo(20);
        assertThat(load.reads()).isEqualTo(30);
        assertThat(nodes.stream()
                        .mapToInt(node -> node.operations().report().serving())
                        .sum())
                .as("each shard is served first by one node")
                .isEqualTo(SHARDS);
        assertThat(there(PATIENCE).peers())
                .extracting(PeerReport::node)
                .containsExactlyElementsOf(Stream.of(0, 2)
                        .map(number -> node(number).node())
                        .sorted()
                        .toList());
        assertThat(there(PATIENCE).peers())
                .allMatch(peer -> peer.reachable() && peer.silent().isPresent());
    }

    /// Whoever reads a report knows which node serves first.
    @Test
    void theParticipantsOfAShardAreListedInTheOrderInWhichTheyServe() {
        three();
        for (int i = 0; i < nodes.size(); i++) {
            var self = node(i).node();
            assertThat(here(i).shards().stream()
                            .filter(shard ->
                                    shard.participants().getFirst().id().node().equals(self)))
                    .hasSize(here(i).report().serving());
        }
        var served = servedBy(1);
        assertThat(here(0).shard(served.shard()).orElseThrow().participants())
                .extracting(participant -> participant.id().node())
                .containsExactlyElementsOf(served.participants());
        street.cutOff(node(1).node());
        var next = node(served.participants().get(1).equals(node(0).node()) ? 0 : 2)
                .partitions(Account.TYPE)
                .of(keyOf(served.shard()));
        assertSoon("the next one serves", next::isServedHere);
    }

    /// A place that the node with this number serves first.
    private PartitionPlace servedBy(int number) {
        return IntStream.range(0, 1_000)
                .mapToObj(i -> here(0).place("account", PartitionKey.of("p" + i)))
                .filter(place ->
                        place.participants().getFirst().equals(node(number).node()))
                .findFirst()
                .orElseThrow();
    }

    private PartitionKey keyOf(int shard) {
        return IntStream.range(0, 1_000)
                .mapToObj(i -> PartitionKey.of("p" + i))
                .filter(key -> here(0).place("account", key).shard() == shard)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aPartitionIsDescribedByItsParticipants() {
        three();
        deposit(0, "alice", 7, Consistency.FINAL);
        var place = there(PATIENCE).place("account", PartitionKey.of("alice"));
        assertThat(place.participants()).hasSize(3);
        assertSoon("it has folded there", () -> partition("alice").outstanding().isEmpty());
        var alice = partition("alice");
        assertThat(alice.exists()).isTrue();
        assertThat(alice.state()).isEqualTo("{\"cents\":7,\"note\":\"\"}");
        assertThat(alice.stateBytes()).isEqualTo(Account.TYPE.stateCodec().encode(new Account(7, "")).length);
        assertThat(alice.stateShortened()).isFalse();
        assertThat(alice.problem()).isEmpty();
        assertThat(alice.outstandingCut()).isFalse();
        assertThat(alice.tags()).containsExactly(Tag.of("cents", 7));
        assertThat(alice.shard()).isEqualTo(place.shard());
        var nobody = partition("nobody");
        assertThat(nobody.exists()).isFalse();
        assertThat(nobody.state()).isEqualTo("{\"cents\":0,\"note\":\"\"}");
        assertThat(nobody.tags()).isEmpty();
    }

    private PartitionReport partition(String key) {
        return there(PATIENCE).partition("account", PartitionKey.of(key)).orElseThrow();
    }

    /// An event folds once all participants have it.
    @Test
    void whatIsOutstandingIsListedAndSaysForWhomItWaits() {
        three();
        var key = PartitionKey.of("alice");
        NodeId away = node(2).node();
        street.cutOff(away);
        for (int i = 0; i < 150; i++) {
            deposit(0, "alice", 1, Consistency.DURABLE);
        }
        var alice = partition("alice");
        assertThat(alice.state()).contains("\"cents\":150,");
        assertThat(alice.outstanding()).hasSize(PartitionReport.MOST_OUTSTANDING);
        assertThat(alice.outstandingMore()).isEqualTo(50);
        assertThat(alice.outstanding()).allSatisfy(event -> {
            assertThat(event.payload()).contains("{\"Deposit\":{\"cents\":1}}");
            assertThat(event.at()).isBetween(before, Instant.now().plusSeconds(5));
            assertThat(event.origin()).isIn(node(0).node(), node(1).node());
        });
        assertThat(new HashSet<>(alice.outstanding())).hasSize(PartitionReport.MOST_OUTSTANDING);
        var shard = there(PATIENCE).shard(alice.shard()).orElseThrow();
        assertThat(shard.foldWaits()).hasValueSatisfying(wait -> {
            assertThat(wait.on()).extracting(participant -> participant.node()).containsExactly(away);
            assertThat(wait.since()).isBetween(Duration.ZERO, Duration.between(before, Instant.now()));
        });
        assertThat(here(0).place("account", key).participants()).contains(away);
        street.reconnect(away);
        assertSoon("it has folded", () -> partition("alice").outstanding().isEmpty());
        assertThat(there(PATIENCE).shard(alice.shard()).orElseThrow().foldWaits())
                .isEmpty();
    }

    @Test
    void ordersReachTheOtherNode() {
        three();
        logger.allow(Priority.WARNING, "An operator");
        there(PATIENCE).pauseRebalancing();
        assertThat(here(1).report().rebalancingPaused()).isTrue();
        assertThat(here(0).report().rebalancingPaused()).isFalse();
        there(PATIENCE).resumeRebalancing();
        assertThat(here(1).report().rebalancingPaused()).isFalse();
        there(PATIENCE).acceptClocksAhead(Duration.ofMinutes(5));
        logger.expect(Priority.WARNING, "accepts clocks that are up to 300000 ms ahead");

        logger.allow(Priority.WARNING, "was taken out of the cluster");
        there(PATIENCE).eject(node(2).node());
        assertSoon(
                "it is out",
                () -> here(0).members().stream()
                        .anyMatch(member ->
                                member.node().equals(node(2).node()) && member.status() == MemberReport.Status.GONE));
        assertSoon("two are left", () -> hosts(node(0), 2) && hosts(node(1), 2));
        assertThat(there(PATIENCE).leave(PATIENCE)).isTrue();
        assertThat(hosts(node(0), 1)).isTrue();
    }

    @Test
    void whilePausedANewNodeGetsNothingUntilItIsResumed() {
        logger.allow(Priority.WARNING, "An operator has");
        open(memory(), new StartupMode.NewCluster());
        here(0).pauseRebalancing();
        open(store, new StartupMode.Automatic(false));
        assertSoon(
                "it is a member",
                () -> here(0).members().stream().allMatch(member -> member.status() == MemberReport.Status.UP)
                        && here(0).members().size() == 2);
        // Without the pause, the first look after that invites it, and a look comes at least every half second.
        LockSupport.parkNanos(Duration.ofMillis(1_200).toNanos());
        assertThat(here(1).shards()).isEmpty();
        here(0).resumeRebalancing();
        assertSoon("both have all", () -> hosts(node(0), 2) && hosts(node(1), 2));
    }

    @Test
    void whatWouldBeForcedIsForced() {
        three();
        logger.allow(Priority.WARNING, "An operator declares");
        logger.allow(Priority.WARNING, "an operator's command to force a change");
        deposit(0, "alice", 1, Consistency.FINAL);
        Set<NodeId> lost = Set.of(node(0).node(), node(2).node());
        assertThat(here(1).wouldForce(lost))
                .hasSize(SHARDS)
                .allSatisfy(change -> assertThat(change)
                        .isInstanceOfSatisfying(
                                ForcedChange.Refused.class,
                                refused -> assertThat(refused.reason()).isEqualTo(ForcedChange.Reason.MAJORITY_ALIVE)));
        street.cutOff(node(1).node());
        assertSoon("it is alone", () -> here(1).peers().stream().noneMatch(PeerReport::reachable));
        var would = here(1).wouldForce(lost);
        assertThat(would)
                .hasSize(SHARDS)
                .allSatisfy(change -> assertThat(change).isInstanceOfSatisfying(ForcedChange.Begun.class, begun -> {
                    assertThat(begun.survivors()).containsExactly(node(1).node());
                    assertThat(begun.lost()).containsExactlyInAnyOrderElementsOf(lost);
                    assertThat(begun.unheard()).isPositive();
                }));
        assertThat(here(1).shards()).allMatch(shard -> shard.era() == 0);
        assertThat(here(1).force(lost)).hasSameSizeAs(would).allMatch(ForcedChange.Begun.class::isInstance);
        assertSoon("the new era", () -> here(1).shards().stream().allMatch(shard -> shard.era() == 1));
    }

    @Test
    void whoeverAsksForWhatIsNotThereIsToldSo() {
        three();
        for (Operations operations : List.of(here(1), there(PATIENCE))) {
            assertMisuse(() -> operations.eject(node(1).node()), "cannot eject itself");
            assertMisuse(() -> operations.place("nothing", PartitionKey.of("a")), "'nothing', but with [account]");
            assertMisuse(() -> operations.partition("nothing", PartitionKey.of("a")), "'nothing'");
            assertMisuse(() -> operations.keys("nothing", Bytes.EMPTY, KeyPage.Bookmark.BEGIN, 1), "'nothing'");
            assertMisuse(() -> operations.keys("account", Bytes.EMPTY, KeyPage.Bookmark.BEGIN, 1_001), "not 1001");
            assertMisuse(
                    () -> operations.keys("account", Bytes.wrap(new byte[1_025]), KeyPage.Bookmark.BEGIN, 1), "1025");
            assertMisuse(() -> operations.shards(0, 0), "not 0");
            assertMisuse(() -> operations.shard(SHARDS), "none is 32");
            assertMisuse(() -> operations.dropOverruledCopy(-1), "none is -1");
            assertMisuse(() -> operations.dropStoppedCopy(-1), "none is -1");
            assertMisuse(() -> operations.acceptClocksAhead(Duration.ofMillis(-1)), "0 to 365 days");
            assertMisuse(() -> operations.at(node(2).node(), Duration.ZERO), "more than 0");
        }
        assertThat(there(PATIENCE).shards(-5, 1)).hasSize(1);
        assertThat(there(PATIENCE).shards(SHARDS, 1)).isEmpty();
    }

    private static void assertMisuse(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String why) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(why);
    }

    private static void assertUnreachable(Throwable thrown, NodeId node, String why) {
        assertThat(unanswered(thrown, node, why).mayHaveBeenAsked()).isTrue();
    }

    private static void assertNotAsked(Throwable thrown, NodeId node, String why) {
        assertThat(unanswered(thrown, node, why).mayHaveBeenAsked()).isFalse();
    }

    private static UnreachableException unanswered(Throwable thrown, NodeId node, String why) {
        assertThat(thrown)
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining(node.toString())
                .hasMessageContaining(why);
        return (UnreachableException) thrown;
    }

    @Test
    void aNodeThatIsGoneIsNotAsked() {
        three();
        var gone = node(1).node();
        street.cutOff(gone);
        assertSoon("it is gone", () -> here(0).peers().stream().anyMatch(peer -> !peer.reachable()));
        assertNotAsked(catchThrowable(() -> there(PATIENCE).report()), gone, "no way to it");
        var unknown = new NodeId(99);
        assertNotAsked(catchThrowable(() -> here(0).at(unknown, PATIENCE).members()), unknown, "no way to it");
        street.reconnect(gone);
        assertSoon("it is back", () -> here(0).peers().stream().allMatch(PeerReport::reachable));
        assertThat(there(PATIENCE).report().node()).isEqualTo(gone);
        node(1).close();
        assertSoon("it is closed", () -> here(0).peers().stream().anyMatch(peer -> !peer.reachable()));
        assertNotAsked(catchThrowable(() -> there(PATIENCE).report()), gone, "no way to it");
    }

    /// A write to its store does not come back.
    @Test
    void aNodeThatHangsKeepsNobodyWaitingAndIsAskedABoundedNumberOfTimes() throws Exception {
        three();
        var writing = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        store.beforeWrite = _ -> {
            writing.countDown();
            await(goOn);
        };
        var hung = Thread.ofPlatform().start(() -> deposit(1, "alice", 1, Consistency.FAST));
        try {
            assertThat(writing.await(20, TimeUnit.SECONDS)).isTrue();
            long begin = System.nanoTime();
            assertUnreachable(catchThrowable(() -> there(SHORT).members()), node(1).node(), "did not answer in time");
            assertThat(System.nanoTime() - begin).isBetween(SHORT.toNanos(), PATIENCE.toNanos());
            for (int i = 1; i < 16; i++) {
                assertUnreachable(
                        catchThrowable(() -> there(Duration.ofMillis(20)).members()),
                        node(1).node(),
                        "did not answer in time");
            }
        } finally {
            goOn.countDown();
            store.beforeWrite = _ -> {};
        }
        hung.join();
        assertSoon(
                "it answers again", () -> catchThrowable(() -> there(PATIENCE).members()) == null);
        assertThat(there(PATIENCE).members()).hasSize(3);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    /// Looks at a store wait outside the node, so the node itself can say that it is busy.
    @Test
    void theSeventeenthQuestionIsRefusedAndTheNodeServesMeanwhile() throws Exception {
        three();
        var scanning = new CountDownLatch(16);
        var goOn = new CountDownLatch(1);
        store.beforeScan = () -> {
            scanning.countDown();
            await(goOn);
        };
        var told = new ConcurrentLinkedQueue<KeyPage>();
        var callers = new ArrayList<Thread>();
        for (int i = 0; i < 16; i++) {
            callers.add(Thread.ofVirtual()
                    .start(() -> told.add(there(PATIENCE).keys("account", Bytes.EMPTY, KeyPage.Bookmark.BEGIN, 1))));
        }
        try {
            assertThat(scanning.await(20, TimeUnit.SECONDS)).isTrue();
            assertNotAsked(catchThrowable(() -> there(PATIENCE).members()), node(1).node(), "16 such questions");
            deposit(1, "alice", 1, Consistency.FINAL);
        } finally {
            store.beforeScan = () -> {};
            goOn.countDown();
        }
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(told).hasSize(16);
        assertThat(there(PATIENCE).members()).hasSize(3);
    }

    @Test
    void aQuestionThatTheOtherNodeDoesNotKnowIsAnswered() throws Exception {
        three();
        for (Bytes garbage : List.of(Bytes.EMPTY, Bytes.of("who are you?"), Bytes.wrap(new byte[100_000]))) {
            String answer = new String(raw(garbage).toArray(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(answer).contains("does not know what it is asked").contains("bring all nodes to one release");
        }
        assertThat(there(PATIENCE).members()).hasSize(3);
    }

    /// Whoever asks does not wait for an answer that never comes.
    @Test
    void anAnswerThatNoFrameCanCarryIsSaidToBeSo() {
        three();
        // Half of a surrogate pair has no UTF-8.
        membersAt(1, List.of(member("\ud800")));
        assertUnreachable(
                catchThrowable(() -> there(PATIENCE).members()), node(1).node(), "its answer cannot be written");
        membersAt(1, Collections.nCopies(2_000, member("a".repeat(1_000))));
        assertUnreachable(
                catchThrowable(() -> there(PATIENCE).members()), node(1).node(), "a frame between nodes has at most");
    }

    private static MemberReport member(String address) {
        return new MemberReport(new NodeId(1), MemberReport.Status.UP, 1, "", address);
    }

    /// From now on the node answers others with these members, in frames of at most a mebibyte.
    private void membersAt(int number, List<MemberReport> members) {
        var host = ((NodeOperations) here(number)).callers().host();
        var operations = (Operations) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Operations.class}, (_, _, _) -> members);
        Desk.open(host, Runnable::run, operations, SoloCluster.open());
    }

    /// What the second node answers to these bytes.
    private Bytes raw(Bytes question) throws Exception {
        var answer = new CompletableFuture<Bytes>();
        var host = ((NodeOperations) here(0)).callers().host();
        host.giveAway((asking, now) -> asking.consult(
                node(1).node(),
                question,
                new ConsultWaiter() {
                    @Override
                    public void answered(Bytes bytes) {
                        answer.complete(bytes);
                    }

                    @Override
                    public void notAsked(String why) {
                        failed(why);
                    }

                    @Override
                    public void failed(String why) {
                        answer.completeExceptionally(new AssertionError(why));
                    }

                    @Override
                    public long deadlineMillis() {
                        return now + PATIENCE.toMillis();
                    }
                },
                now));
        return answer.get(20, TimeUnit.SECONDS);
    }

    @Test
    void aLargeStateIsShortened() {
        three();
        var note = new Account.Note("\"".repeat(600_000)); // each has two characters as JSON
        node(0).partitions(Account.TYPE).of("alice").request(note, Consistency.DURABLE);
        assertThat(partition("alice").stateBytes()).isBetween(600_000, 600_100);
        assertThat(partition("alice").stateShortened()).isTrue();
        assertThat(partition("alice").state()).hasSizeBetween(1 << 20, (1 << 20) + 100);
    }

    @Test
    void manyShardsAreReportedInPages() {
        int shards = 2 * Operations.MOST_OF_A_PAGE;
        try (var bank = Bank.open(memory(), settings -> settings.shards(shards))) {
            var operations = bank.legion().operations();
            assertThat(operations.shards())
                    .extracting(ShardReport::shard)
                    .containsExactlyElementsOf(
                            IntStream.range(0, shards).boxed().toList());
            assertThat(operations.shards(shards - 5, Operations.MOST_OF_A_PAGE)).hasSize(5);
            assertThat(operations.report().serving()).isEqualTo(shards);
        }
    }

    @Test
    void aNodeReportsHowItsStoreIs() {
        logger.allow(Priority.ERROR, "The store");
        open(store, new StartupMode.NewCluster());
        store.beforeWrite = _ -> {
            throw new StoreException.Full("no room is left");
        };
        assertThat(catchThrowable(() -> deposit(0, "alice", 1, Consistency.FAST)))
                .isNotNull();
        assertThat(here(0).report().store())
                .isEqualTo(new NodeReport.StoreReport(NodeReport.StoreReport.State.FULL, "no room is left"));
        store.beforeWrite = _ -> {};
        assertSoon("there is room", () -> here(0).report().store().state() == NodeReport.StoreReport.State.OK);
        store.beforeWrite = _ -> {
            throw new StoreException("a disk is gone");
        };
        assertThat(catchThrowable(() -> deposit(0, "alice", 1, Consistency.FAST)))
                .isNotNull();
        assertThat(here(0).report().store())
                .isEqualTo(new NodeReport.StoreReport(NodeReport.StoreReport.State.FAILED, "a disk is gone"));
        store.beforeWrite = _ -> {};
    }

    @Test
    void whoeverAsksAClosedLegionIsToldSo() {
        three();
        node(0).close();
        assertNotAsked(catchThrowable(() -> there(PATIENCE).report()), node(1).node(), "this node is closed");
    }
}
