package io.legion.core.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.CodecException;
import io.legion.core.NodeId;
import io.legion.core.codec.WireInput;
import io.legion.core.codec.WireOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class MembersTest {
    private static final int ROUNDS = 2_000;
    private static final List<Member.Status> STATUSES =
            List.of(Member.Status.JOINING, Member.Status.UP, Member.Status.LEAVING, Member.Status.GONE);

    private static Members any(SplittableRandom random) {
        var members = new ArrayList<Member>();
        for (int i = random.nextInt(6); i > 0; i--) {
            members.add(new Member(
                    new NodeId(random.nextInt(4)),
                    STATUSES.get(random.nextInt(4)),
                    random.nextInt(3),
                    random.nextInt(3),
                    random.nextBoolean() ? "east" : "west",
                    "host" + random.nextInt(2)));
        }
        return Members.of(members);
    }

    /// R61: lists merge by the later status, in any order.
    @Test
    void mergingIsIdempotent() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < ROUNDS; i++) {
            Members one = any(random);
            assertThat(one.merge(one)).isEqualTo(one);
        }
    }

    @Test
    void mergingIsCommutative() {
        var random = new SplittableRandom(2);
        for (int i = 0; i < ROUNDS; i++) {
            Members one = any(random);
            Members two = any(random);
            assertThat(one.merge(two)).isEqualTo(two.merge(one));
        }
    }

    @Test
    void mergingIsAssociative() {
        var random = new SplittableRandom(3);
        for (int i = 0; i < ROUNDS; i++) {
            Members one = any(random);
            Members two = any(random);
            Members three = any(random);
            assertThat(one.merge(two).merge(three)).isEqualTo(one.merge(two.merge(three)));
        }
    }

    /// R61: a status only moves forward.
    @Test
    void aStatusOnlyMovesForward() {
        var node = new NodeId(1);
        var leaving = new Member(node, Member.Status.LEAVING, 1, 1, "", "old");
        var again = new Member(node, Member.Status.UP, 2, 1, "", "new");
        Members both = Members.of(List.of(leaving, again));
        assertThat(both.is(node, Member.Status.LEAVING)).isTrue();
        assertThat(both.all().getFirst().address()).isEqualTo("new");
    }

    @Test
    void whatWasWrittenIsRead() {
        var random = new SplittableRandom(4);
        for (int i = 0; i < ROUNDS; i++) {
            Members one = any(random);
            var out = new WireOutput();
            one.write(out);
            var in = new WireInput(out.toByteArray());
            assertThat(Members.read(in)).isEqualTo(one);
            in.requireEnd();
        }
    }

    @Test
    void aListThatIsCutShortIsRefused() {
        var out = new WireOutput();
        Members.of(List.of(new Member(new NodeId(1), Member.Status.UP, 1, 1, "zone", "address")))
                .write(out);
        byte[] whole = out.toByteArray();
        for (int length = 0; length < whole.length; length++) {
            var in = new WireInput(whole, 0, length);
            assertThatThrownBy(() -> Members.read(in)).isInstanceOf(CodecException.class);
        }
    }
}
