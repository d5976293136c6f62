package io.legion.simulation.shapes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Applied;
import io.legion.core.Codec;
import io.legion.core.Event;
import io.legion.core.EventCodecs;
import io.legion.core.EventContext;
import io.legion.core.PartitionType;
import io.legion.core.Since;
import io.legion.service.Logger.Priority;
import io.legion.service.RecordingLogger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShapesTest {
    record Pair<A, B>(A first, B second) {}

    static final class Old {
        /// The other record of this name, inside the same state.
        record Leaf(int size) {
            Leaf {
                size = size == 0 ? 7 : size;
            }
        }
    }

    record Leaf(String text, List<Leaf> inside) {}

    record Tree(
            Pair<String, Leaf> names,
            Optional<Old.Leaf> old,
            Map<String, Pair<Integer, Long>> sizes,
            @Since(3) int height) {}

    record Grow(int by) implements Event<Tree, Pair<Leaf, Integer>> {
        @Override
        public Applied<Tree, Pair<Leaf, Integer>> apply(Tree state, EventContext context) {
            return Applied.of(state, new Pair<>(new Leaf("", List.of()), by));
        }
    }

    private static final Tree SAPLING =
            new Tree(new Pair<>("a", new Leaf("b", List.of())), Optional.of(new Old.Leaf(2)), Map.of(), 0);

    private static PartitionType<Tree> tree(String name) {
        return PartitionType.named(name, SAPLING).events(Grow.class).version(3);
    }

    @TempDir
    private Path directory;

    private final RecordingLogger logger = RecordingLogger.open();

    private Shapes shapes() {
        return Shapes.in(directory, logger);
    }

    @Test
    void whatIsMissingIsWrittenAndSaidOnce() {
        shapes().writing(true).check(tree("tree"));
        for (int version = 1; version <= 3; version++) {
            var file = directory.resolve("tree").resolve(version + ".shape");
            assertThat(file).exists();
            assertThat(logger.messages(
                            Priority.INFO, "The file of shapes " + file + " was not there. It is written now"))
                    .hasSize(1);
        }
        shapes().writing(false).check(tree("tree"));
        assertThat(logger.messages()).hasSize(3);
    }

    @Test
    void aFileThatIsMissingFailsWhereNothingMayBeWritten() {
        assertThatThrownBy(() -> shapes().writing(false).check(tree("tree")))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("The partition types do not fit the shapes that are kept in " + directory
                        + ". Nothing was written.\n\n" + directory.resolve("tree/1.shape") + " is missing.")
                .hasMessageEndingWith(
                        "What to do: run the test on your machine, or ./legion shapes write, and commit the"
                                + " file.");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aFileHasOnlyWhatItsVersionHas() throws IOException {
        shapes().writing(true).check(tree("tree"));
        assertThat(Files.readString(directory.resolve("tree/2.shape"))).doesNotContain("height");
        assertThat(Files.readString(directory.resolve("tree/3.shape"))).contains("height: int32");
    }

    @Test
    void twoRecordsOfOneNameAreTold() throws IOException {
        shapes().writing(true).check(tree("tree"));
        var file = directory.resolve("tree/3.shape");
        assertThat(file).content().contains("  size: int32\n", "\nLeaf: {\"size\":7} or {}\n");
        Files.writeString(file, Files.readString(file).replace("  size: int32\n", "  size: int64\n"));
        assertThatThrownBy(() -> shapes().check(tree("tree")))
                .hasMessageContaining("Leaf.size was int64 and is int32, in version 3");
    }

    @Test
    void aNameMayContainWhateverItWants() {
        var names = List.of("..", "a/b", "Straße 3", "\n", "x".repeat(100), "\uD83C\uDF33".repeat(50));
        var types = names.stream().<PartitionType<?>>map(ShapesTest::tree).toList();
        assertThat(shapes().writing(true).compare(types).written())
                .hasSize(18)
                .allSatisfy(file ->
                        assertThat(directory.relativize(file).getNameCount()).isEqualTo(2));
        assertThat(shapes().compare(types)).isEqualTo(new ShapeReport(List.of(), List.of(), List.of(), 18));
    }

    @Test
    void endsOfLinesMayBeThoseOfAnotherSystem() throws IOException {
        shapes().writing(true).check(tree("tree"));
        var file = directory.resolve("tree/1.shape");
        Files.writeString(file, Files.readString(file).replace("\n", "\r\n"));
        shapes().writing(false).check(tree("tree"));
    }

    @Test
    void aFileInTheWrongPlaceIsRefused() throws IOException {
        shapes().writing(true).check(tree("tree"));
        var misplaced = directory.resolve("tree/4.shape");
        Files.copy(directory.resolve("tree/1.shape"), misplaced);
        assertThatThrownBy(() -> shapes().check(tree("tree")))
                .isInstanceOf(ShapeFileException.class)
                .hasMessage(misplaced
                        + " cannot be read as a file of shapes: it is of version 1 of the type 'tree', and not in"
                        + " its place. Nothing was compared or written. Take it from the version control again");
    }

    @Test
    void aFileThatIsCutAnywhereIsRefusedOrDiffers() throws IOException {
        shapes().writing(true).check(tree("tree"));
        var file = directory.resolve("tree/3.shape");
        var whole = Files.readString(file);
        for (int length = 0; length < whole.length() - 1; length += 7) {
            Files.writeString(file, whole.substring(0, length));
            assertThatThrownBy(() -> shapes().writing(false).check(tree("tree")))
                    .isInstanceOfAny(ShapeFileException.class, AssertionError.class);
        }
    }

    @Test
    void problemsAreBoundedInTheMessage() {
        var report = new ShapeReport(Collections.nCopies(25, "one"), List.of(), List.of(), 1);
        assertThat(report.text()).endsWith("And 5 more.").hasLineCount(41);
    }

    @Test
    void typesNeedNames() {
        assertThatThrownBy(() -> shapes().check())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("each under a name of its own; given were []");
        assertThatThrownBy(() -> shapes().check(tree("tree"), tree("tree")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// Of a codec of the user's own only its values are known.
    private record OwnCodec(String end) implements Codec<String> {
        @Override
        public byte[] encode(String value) {
            return (value + end).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String decode(byte[] bytes) {
            var text = new String(bytes, StandardCharsets.UTF_8);
            return text.substring(0, text.length() - end.length());
        }
    }

    record Write(String text) implements Event<String, String> {
        @Override
        public Applied<String, String> apply(String state, EventContext context) {
            return Applied.of(text, state);
        }
    }

    @Test
    void ofACodecOfTheUsersOwnTheInitialStateIsKept() {
        shapes().writing(true)
                .check(PartitionType.named("text", "A").events(new OwnCodec("."), EventCodecs.derived(Write.class)));
        assertThatThrownBy(() -> shapes().check(PartitionType.named("text", "A")
                        .events(new OwnCodec("!"), EventCodecs.derived(Write.class))))
                .hasMessageContaining("the initial state was 0x412e and is 0x4121, in version 1");
        assertThatThrownBy(() -> shapes().check(PartitionType.named("text", "A")
                        .events(Codec.derived(String.class), EventCodecs.derived(Write.class))))
                .hasMessageContaining("the state had a codec of the program's own and has the derived codec");
    }
}
