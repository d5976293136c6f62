package io.legion.backup.files;

import io.legion.backup.BackupException;
import io.legion.backup.BackupProgress;
import io.legion.core.Bytes;
import io.legion.core.CodecException;
import io.legion.core.PartitionKey;
import io.legion.operations.ExtractedState;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Reads a backup, and never more of it than one section and one list at a time.
public final class BackupReader {
    /// The most damages that a check lists.
    private static final int MOST_DAMAGES = 100;

    private final BackupDirectory directory;
    private final Manifest manifest;

    private BackupReader(BackupDirectory directory, Manifest manifest) {
        this.directory = directory;
        this.manifest = manifest;
    }

    /// Opens a backup of a directory.
    ///
    /// @param number which one; empty for the latest
    /// @throws BackupException if there is none, or its manifest is damaged or of a later format
    public static BackupReader open(Path path, Optional<Integer> number) {
        var directory = new BackupDirectory(path);
        var file = directory.manifest(number.orElseGet(directory::latest));
        return new BackupReader(directory, ManifestFile.read(file));
    }

    /// The numbers of the backups in a directory.
    public static List<Integer> numbers(Path path) {
        return new BackupDirectory(path).numbers();
    }

    public Manifest manifest() {
        return manifest;
    }

    /// Names the backup and its content, in one line.
    public String title() {
        return manifest.title() + ", SHA-256 "
                + ManifestFile.seal(directory.manifest(manifest.number())).substring(0, 16);
    }

    /// Gives all states, shard by shard, in the order of their addresses, without the first ones.
    ///
    /// @param from how many states to leave out
    /// @param taker its exceptions end the reading
    /// @return how many states there are
    /// @throws BackupException if a file is missing or damaged
    public long read(long from, Consumer<ExtractedState> taker) {
        long passed = 0;
        for (var shard : manifest.shards()) {
            if (passed + shard.states() > from) {
                read(shard, from - passed, taker);
            }
            passed += shard.states();
        }
        return passed;
    }

    private void read(Manifest.BackedShard shard, long from, Consumer<ExtractedState> taker) {
        try (var files = new SectionFiles(directory, shard.shard())) {
            long passed = 0;
            for (var section : list(shard).sections()) {
                if (passed + section.states() > from) {
                    var states = states(shard, section, files.read(section));
                    states.stream().skip(Math.max(0, from - passed)).forEach(taker);
                }
                passed += section.states();
            }
        }
    }

    private SectionList list(Manifest.BackedShard shard) {
        return SectionList.read(directory.list(shard.copiedBy(), shard.shard()), shard);
    }

    private List<ExtractedState> states(Manifest.BackedShard shard, ListedSection section, byte[] content) {
        var states = new ArrayList<ExtractedState>();
        try {
            for (var left = ByteBuffer.wrap(content); left.hasRemaining(); ) {
                states.add(ExtractedState.read(left));
            }
        } catch (CodecException broken) {
            throw unlike(shard, section, String.valueOf(broken.getMessage()));
        }
        if (states.size() != section.states() || !states.getLast().address().equals(section.last())) {
            throw unlike(shard, section, "it has other states than its list says");
        }
        return states;
    }

    private BackupException unlike(Manifest.BackedShard shard, ListedSection section, String why) {
        return SectionFiles.damaged(
                directory.sections(section.by(), shard.shard()),
                "in the section at " + section.offset() + ", " + why,
                null);
    }

    /// The state of a partition; empty if the backup has none, and the partition is in its initial state.
    ///
    /// @throws BackupException if there is no such type, or a file is missing or damaged
    public Optional<Bytes> find(String type, PartitionKey key) {
        int number = manifest.types().stream()
                .filter(known -> known.name().equals(type))
                .findFirst()
                .orElseThrow(() -> new BackupException("The " + manifest.title() + " has no partition type '" + type
                        + "', only "
                        + manifest.types().stream().map(known -> known.name()).toList() + "."))
                .number();
        var address = ExtractedState.address(number, key);
        for (var shard : manifest.shards()) {
            var found = find(shard, address);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Bytes> find(Manifest.BackedShard shard, Bytes address) {
        var list = list(shard);
        int place = list.placeOf(address);
        if (place == list.sections().size()) {
            return Optional.empty();
        }
        try (var files = new SectionFiles(directory, shard.shard())) {
            var section = list.sections().get(place);
            return states(shard, section, files.read(section)).stream()
                    .filter(state -> state.address().equals(address))
                    .map(ExtractedState::state)
                    .findFirst();
        }
    }

    /// Reads every byte of the backup, and compares it with what was written.
    ///
    /// @return what is damaged or missing, as sentences that name the files; empty if nothing is
    public List<String> damages(BackupProgress progress) {
        var damages = new ArrayList<String>();
        long bytes = 0;
        int done = 0;
        for (var shard : manifest.shards()) {
            try {
                bytes += check(shard, progress, done, bytes);
            } catch (BackupException damaged) {
                damages.add(String.valueOf(damaged.getMessage()));
            }
            progress.at(++done, manifest.shards().size(), bytes);
            if (damages.size() == MOST_DAMAGES) {
                damages.add("There may be more: the check ended with shard " + shard.shard() + ".");
                break;
            }
        }
        return List.copyOf(damages);
    }

    private long check(Manifest.BackedShard shard, BackupProgress progress, int done, long before) {
        var digest = Digests.sha256();
        long states = 0;
        long bytes = 0;
        try (var files = new SectionFiles(directory, shard.shard())) {
            var list = list(shard);
            shard.files().forEach(files::require);
            for (var section : list.sections()) {
                byte[] content = files.read(section);
                states += states(shard, section, content).size();
                bytes += content.length;
                digest.update(content);
                progress.at(done, manifest.shards().size(), before + bytes);
            }
        }
        boolean same = states == shard.states()
                && bytes == shard.bytes()
                && Digests.hex(Bytes.wrap(digest.digest())).equals(shard.digest());
        if (!same) {
            throw new BackupException("The files of shard " + shard.shard() + ", beginning with "
                    + directory.list(shard.copiedBy(), shard.shard())
                    + ", are whole, and together they are not what the manifest says of the shard. Nothing was changed."
                    + " Use another backup of the directory, or a copy of this one.");
        }
        return bytes;
    }
}
