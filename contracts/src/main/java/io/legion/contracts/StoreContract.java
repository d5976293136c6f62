package io.legion.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.NodeId;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.Store;
import io.legion.spi.StoreIdentity;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [Store] does: extend it in the tests of an implementation. See also [StoreLifeContract] and
/// [StoreLoadContract], which need the same place.
public abstract class StoreContract {

    /// The founder of the stores of these tests.
    static final StoreIdentity IDENTITY =
            new StoreIdentity(new UUID(7, 11), "contract", new NodeId(0xC0FFEE), 1, 16, new TreeMap<>());

    private StorePlace place;
    private Store store;

    /// For the class that extends it.
    @SuppressWarnings("NullAway.Init")
    protected StoreContract() {}

    /// A new, empty place.
    protected abstract StorePlace place() throws Exception;

    @BeforeEach
    final void open() throws Exception {
        place = place();
        store = place.open();
        store.identify(IDENTITY);
    }

    @AfterEach
    final void close() throws Exception {
        place.close();
    }

    @Test
    void whatWasPutIsThereAndNothingElse() {
        write(new Batch().put(key("01"), key("aa")).put(key("02"), new byte[0]));

        assertThat(store.get(key("01"))).isEqualTo(key("aa"));
        assertThat(store.get(key("02"))).isEmpty();
        assertThat(store.get(key("03"))).isNull();
        assertThat(store.get(key("0100"))).isNull();
    }

    @Test
    void whatWasDeletedIsAbsentAndDeletingTheAbsentIsNothing() {
        write(new Batch().put(key("01"), key("aa")).put(key("02"), key("bb")));
        write(new Batch().delete(key("01")).delete(key("77")));

        assertThat(store.get(key("01"))).isNull();
        assertThat(keys("", null)).containsExactly("02");
    }

    @Test
    void theLaterChangeOfABatchWins() {
        write(new Batch()
                .put(key("01"), key("aa"))
                .delete(key("01"))
                .put(key("02"), key("aa"))
                .put(key("02"), key("bb"))
                .put(key("03"), key("aa"))
                .deleteRange(key("03"), key("05"))
                .put(key("04"), key("cc")));

        assertThat(entries("", null)).containsExactly("02=bb", "04=cc");
    }

    @Test
    void keysAreInTheOrderOfUnsignedBytesAndAPrefixComesFirst() {
        var order = List.of("00", "0000", "00ff", "01", "7f", "7fff", "80", "8000", "ff", "ff00", "ffff");
        var batch = new Batch();
        order.reversed().forEach(key -> batch.put(key(key), key(key)));
        write(batch);

        assertThat(keys("", null)).isEqualTo(order);
        assertThat(keys("00", "01")).containsExactly("00", "0000", "00ff");
        assertThat(keys("0001", "80")).containsExactly("00ff", "01", "7f", "7fff");
        assertThat(keys("80", null)).containsExactly("80", "8000", "ff", "ff00", "ffff");
        assertThat(keys("ffff00", null)).isEmpty();
    }

    @Test
    void aRangeThatEndsBeforeItBeginsIsEmpty() {
        write(new Batch().put(key("05"), key("aa")));
        write(new Batch().deleteRange(key("06"), key("04")).deleteRange(key("05"), key("05")));

        assertThat(keys("", null)).containsExactly("05");
        assertThat(keys("06", "04")).isEmpty();
        assertThat(keys("05", "05")).isEmpty();
    }

    @Test
    void aDeletedRangeTakesItsBeginningAndNotItsEnd() {
        var batch = new Batch();
        for (int i = 0; i < 200; i++) {
            batch.put(new byte[] {(byte) i}, new byte[] {1});
        }
        write(batch);
        write(new Batch().deleteRange(key("03"), key("c5")));

        assertThat(keys("", null)).containsExactly("00", "01", "02", "c5", "c6", "c7");
        write(new Batch().deleteRange(new byte[0], key("c6")));
        assertThat(keys("", null)).containsExactly("c6", "c7");
    }

    @Test
    void aVisitorEndsTheScanByFalseOrByThrowing() {
        write(new Batch().put(key("01"), key("aa")).put(key("02"), key("aa")).put(key("03"), key("aa")));
        var seen = new ArrayList<String>();
        store.scan(new byte[0], null, (key, _) -> {
            seen.add(text(key));
            return seen.size() < 2;
        });

        assertThat(seen).containsExactly("01", "02");
        assertThatThrownBy(() -> store.scan(new byte[0], null, (_, _) -> {
                    throw new UnsupportedOperationException("enough");
                }))
                .hasMessage("enough");
        assertThat(keys("", null)).hasSize(3);
    }

    @Test
    void aScanSeesTheMomentItBeganWhateverItsVisitorWrites() {
        write(new Batch().put(key("01"), key("aa")).put(key("02"), key("aa")).put(key("03"), key("aa")));
        var seen = new ArrayList<String>();
        store.scan(new byte[0], null, (key, _) -> {
            write(new Batch().delete(key("02")).put(key("04"), key("bb")));
            return seen.add(text(key));
        });

        assertThat(seen).containsExactly("01", "02", "03");
        assertThat(keys("", null)).containsExactly("01", "03", "04");
    }

    @Test
    void longKeysLargeValuesAndLargeBatchesAreTaken() {
        var longKey = new byte[Store.MAX_KEY_BYTES];
        var large = new byte[8 << 20];
        large[large.length - 1] = 7;
        write(new Batch().put(longKey, large).put(key("01"), key("aa")));

        assertThat(store.get(longKey)).isEqualTo(large);
        assertThat(store.get(key("01"))).isEqualTo(key("aa"));
    }

    @Test
    void anEmptyBatchIsNothing() {
        write(new Batch());

        assertThat(keys("", null)).isEmpty();
    }

    @Test
    void aBatchCanBeUsedAgainAfterItWasWritten() {
        var batch = new Batch().put(key("01"), key("aa"));
        write(batch);
        batch.clear();
        write(batch.put(key("02"), key("bb")));

        assertThat(entries("", null)).containsExactly("01=aa", "02=bb");
    }

    private void write(Batch batch) {
        store.write(batch, Durability.HANDED_OVER);
    }

    private List<String> keys(String from, @Nullable String to) {
        return entries(from, to).stream()
                .map(entry -> entry.substring(0, entry.indexOf('=')))
                .toList();
    }

    private List<String> entries(String from, @Nullable String to) {
        return entries(store, key(from), to == null ? null : key(to));
    }

    static List<String> entries(Store store, byte[] from, byte @Nullable [] to) {
        var found = new ArrayList<String>();
        store.scan(from, to, (key, value) -> found.add(text(key) + "=" + text(value)));
        return found;
    }

    static byte[] key(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    static String text(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
