package io.legion.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A backup of each format, as the release wrote it that brought the format: 50 partitions in two backups, of which the
/// second one uses files of the first.
final class GoldenBackupTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");

    @ParameterizedTest
    @ValueSource(ints = 1)
    void aBackupOfEachFormatIsReadAndRestored(int format) {
        var backup = Backup.at(GOLDEN.resolve(Integer.toString(format)));

        assertThat(backup.damages(BackupProgress.NONE)).isEmpty();
        assertThat(backup.summary().number()).isEqualTo(2);
        assertThat(backup.summary().states()).isEqualTo(50);
        try (var restored = TestCluster.foundedFrom(backup)) {
            assertThat(restored.read("key-7").text()).isEqualTo("changed");
            for (int i = 8; i < 50; i++) {
                assertThat(restored.read("key-" + i)).isEqualTo(new Counter(0, TestCluster.noise(i)));
            }
        }
    }

    /// The cutting of sections is a part of what makes backups share files: other digests mean another format.
    @Test
    void theSameStatesHaveTheSameDigestsAsEver() {
        try (var cluster = TestCluster.open()) {
            var directory = System.getProperty("legion.backup.golden");
            cluster.fill(50);
            if (directory != null) {
                cluster.backUp(Path.of(directory));
            }
            cluster.write("key-7", "changed");
            if (directory != null) {
                cluster.backUp(Path.of(directory));
            }
            try (var restored = TestCluster.foundedFrom(Backup.at(GOLDEN.resolve("1")))) {
                assertThat(TestExtracts.sections(cluster.legion))
                        .isEqualTo(TestExtracts.sections(restored.legion))
                        .hasSize(TestCluster.SHARDS);
            }
        }
    }
}
