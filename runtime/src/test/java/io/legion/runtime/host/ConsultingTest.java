package io.legion.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.core.codec.WireOutput;
import io.legion.runtime.consult.ConsultWaiter;
import io.legion.runtime.frame.FrameCodec;
import io.legion.runtime.frame.Item;
import io.legion.service.Logger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Questions between nodes, on their way there and back.
final class ConsultingTest {
    private static final NodeId ONE = new NodeId(1);
    private static final NodeId TWO = new NodeId(2);
    private static final Bytes QUESTION = Bytes.of("how are you?");
    private static final Bytes ANSWER = Bytes.of("well");

    private final TinyNetwork network = TinyNetwork.usual();

    /// The numbers of what node 2 was asked.
    private final List<Long> asked = new ArrayList<>();

    ConsultingTest() {
        network.found(1);
        network.join(2);
        network.join(3);
        network.run(1_000);
        network.node(2).consultedBy((from, number, question) -> {
            assertThat(from).isEqualTo(ONE);
            assertThat(question).isEqualTo(QUESTION);
            asked.add(number);
        });
    }

    private static final class Waiting implements ConsultWaiter {
        private final long deadlineMillis;

        @Nullable
        Bytes answer;

        String why = "";
        boolean maybeAsked = true;

        Waiting(long deadlineMillis) {
            this.deadlineMillis = deadlineMillis;
        }

        @Override
        public void answered(Bytes given) {
            assertThat(isOver()).isFalse();
            answer = given;
        }

        @Override
        public void notAsked(String reason) {
            failed(reason);
            maybeAsked = false;
        }

        @Override
        public void failed(String reason) {
            assertThat(isOver()).isFalse();
            why = reason;
        }

        boolean isOver() {
            return answer != null || !why.isEmpty();
        }

        @Override
        public long deadlineMillis() {
            return deadlineMillis;
        }
    }

    private Waiting ask(NodeId node) {
        var waiting = new Waiting(network.nowMillis + 1_000);
        network.node(1).consult(node, QUESTION, waiting, network.nowMillis);
        return waiting;
    }

    private void answer(int which) {
        network.node(2).answer(ONE, asked.get(which), Bytes.of("well" + which));
    }

    @Test
    void anAnswerReachesWhoAskedWheneverItComes() {
        var first = ask(TWO);
        var second = ask(TWO);
        network.run(100);
        assertThat(asked).hasSize(2);
        answer(1);
        network.run(100);
        assertThat(first.isOver()).isFalse();
        assertThat(second.answer).isEqualTo(Bytes.of("well1"));
        answer(0);
        network.run(100);
        assertThat(first.answer).isEqualTo(Bytes.of("well0"));
    }

    @Test
    void aNodeToWhichThereIsNoWayIsNotAsked() {
        network.cut(1, 2);
        assertThat(ask(TWO).why).contains("no way to it").contains("Nothing was asked");
        assertThat(ask(TWO).maybeAsked).isFalse();
        assertThat(ask(new NodeId(9)).why).contains("no way to it");
    }

    @Test
    void whoeverWaitsHearsWhenTheNodeIsGone() {
        var waiting = ask(TWO);
        network.run(100);
        network.kill(2);
        assertThat(waiting.why).contains("cannot be reached any more");
        assertThat(waiting.maybeAsked).isTrue();
    }

    @Test
    void whoeverWaitsHearsWhenItIsTooLateAndALateAnswerIsLeftOut() {
        var waiting = ask(TWO);
        network.run(900);
        assertThat(waiting.isOver()).isFalse();
        network.run(200);
        assertThat(waiting.why).contains("did not answer in time");
        answer(0);
        network.run(100);
        assertThat(waiting.answer).isNull();
    }

    @Test
    void anAnswerOfAnotherNodeIsLeftOut() {
        var waiting = ask(TWO);
        network.run(100);
        network.node(3).answer(ONE, asked.getFirst(), ANSWER);
        network.run(100);
        assertThat(waiting.isOver()).isFalse();
        answer(0);
        network.run(100);
        assertThat(waiting.answer).isEqualTo(Bytes.of("well0"));
    }

    @Test
    void whoeverWaitsHearsWhenThisNodeCloses() {
        var waiting = ask(TWO);
        network.node(1).close();
        assertThat(waiting.why).contains("this node closed");
        assertThat(waiting.maybeAsked).isTrue();
        assertThat(ask(TWO).why).contains("this node is closed");
        assertThat(ask(TWO).maybeAsked).isFalse();
    }

    @Test
    void aNodeWaitsForABoundedNumberOfAnswers() {
        var waiting = Stream.generate(() -> ask(TWO)).limit(256).toList();
        assertThat(ask(TWO).why).contains("256 questions");
        assertThat(waiting).noneMatch(Waiting::isOver);
        network.run(2_000);
        assertThat(waiting).allMatch(Waiting::isOver);
        assertThat(ask(TWO).isOver()).isFalse();
    }

    @Test
    void aBrokenFrameIsDroppedAndTheNodeGoesOn() {
        var out = new WireOutput();
        out.writeByte(FrameCodec.VERSION);
        FrameCodec.write(out, new Item.Consult(7, QUESTION));
        FrameCodec.write(out, new Item.Consulted(7, ANSWER));
        byte[] whole = out.toByteArray();
        assertThat(FrameCodec.read(Bytes.wrap(whole)))
                .containsExactly(new Item.Consult(7, QUESTION), new Item.Consulted(7, ANSWER));
        network.logger.allow(Logger.Priority.WARNING, "was dropped, because it cannot be read");
        for (int length = 2; length < whole.length; length++) {
            network.node(2).receive(ONE, Bytes.copyOf(whole, 0, length), network.nowMillis);
        }
        asked.clear();
        var waiting = ask(TWO);
        network.run(100);
        answer(0);
        network.run(100);
        assertThat(waiting.answer).isEqualTo(Bytes.of("well0"));
        network.logger.failOnUnexpected();
    }
}
