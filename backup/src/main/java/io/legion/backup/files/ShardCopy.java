package io.legion.backup.files;

import io.legion.backup.BackupException;
import io.legion.backup.BackupSource;
import io.legion.core.Bytes;
import io.legion.operations.Extract;
import io.legion.operations.ExtractPiece;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.zip.DataFormatException;

/// Reads one shard, and writes those of its sections that an earlier backup does not have.
final class ShardCopy {
    private final BackupSource source;
    private final BackupDirectory directory;
    private final int number;
    private final Extract extract;

    /// The sections of the shard in an earlier backup.
    private final List<ListedSection> before;

    private final TreeMap<Integer, Long> lengthsBefore = new TreeMap<>();
    private final List<ListedSection> sections = new ArrayList<>();
    private long length;

    /// @param number of the backup that is being taken
    /// @param before the sections that may be used again; none for a whole copy
    /// @param filesBefore the files that they are in
    ShardCopy(
            BackupSource source,
            BackupDirectory directory,
            int number,
            Extract extract,
            SectionList before,
            List<Manifest.UsedFile> filesBefore) {
        this.source = source;
        this.directory = directory;
        this.number = number;
        this.extract = extract;
        this.before = before.sections();
        filesBefore.forEach(file -> lengthsBefore.put(file.by(), file.bytes()));
    }

    /// Reads all of it.
    ///
    /// @param read hears of the bytes of each section
    Manifest.BackedShard run(LongConsumer read) throws IOException {
        var file = directory.sections(number, extract.shard());
        try (var out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            append(out, SectionFiles.HEAD);
            var end = copy(out, read);
            out.force(true);
            byte[] list = new SectionList(sections).bytes(extract.shard());
            BackupDirectory.write(directory.list(number, extract.shard()), list);
            return backed(end, list);
        }
    }

    private ExtractPiece copy(FileChannel out, LongConsumer read) throws IOException {
        var last = Bytes.EMPTY;
        for (int section = 0; ; section++) {
            var expected = expected(last);
            var piece = source.piece(extract, section, 0, expected.map(ListedSection::digest));
            if (piece.isEnd()) {
                requireEnd(piece);
                return piece;
            }
            sections.add(
                    piece.deflatedBytes() == 0 ? same(expected, piece) : written(out, piece, content(section, piece)));
            last = piece.last();
            read.accept(piece.bytes());
        }
    }

    /// The section that comes next if nothing has changed there.
    private Optional<ListedSection> expected(Bytes last) {
        int place = last.size() == 0 ? 0 : placeAfter(last);
        return place < before.size() ? Optional.of(before.get(place)) : Optional.empty();
    }

    private int placeAfter(Bytes last) {
        int place = new SectionList(before).placeOf(last);
        boolean endsThere = place < before.size() && before.get(place).last().compareTo(last) == 0;
        return endsThere ? place + 1 : place;
    }

    private ListedSection same(Optional<ListedSection> expected, ExtractPiece piece) {
        return expected.filter(known -> known.digest().equals(piece.digest()))
                .orElseThrow(() -> wrong("it has another section than it was asked for"));
    }

    private byte[] content(int section, ExtractPiece first) {
        var deflated = ByteBuffer.allocate(first.deflatedBytes());
        for (var piece = first; ; ) {
            if (piece.content().size() == 0 || piece.content().size() > deflated.remaining()) {
                throw wrong("a section of " + first.deflatedBytes() + " bytes came in pieces of another size");
            }
            deflated.put(piece.content().shared());
            if (!deflated.hasRemaining()) {
                return deflated.array();
            }
            piece = source.piece(extract, section, deflated.position(), Optional.empty());
        }
    }

    private ListedSection written(FileChannel out, ExtractPiece piece, byte[] deflated) throws IOException {
        try {
            byte[] content = SectionFiles.inflate(deflated, Math.toIntExact(piece.bytes()));
            if (!Digests.of(content).equals(piece.digest())) {
                throw wrong("a section came with another SHA-256 than its own");
            }
        } catch (DataFormatException broken) {
            throw wrong("a section came that is not whole");
        }
        long offset = length;
        append(out, deflated);
        return new ListedSection(
                piece.digest(), number, offset, deflated.length, (int) piece.bytes(), piece.states(), piece.last());
    }

    private void append(FileChannel out, byte[] bytes) throws IOException {
        var left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            length += out.write(left);
        }
    }

    private void requireEnd(ExtractPiece end) {
        long states = sections.stream().mapToLong(ListedSection::states).sum();
        long bytes = sections.stream().mapToLong(ListedSection::bytes).sum();
        if (states != end.states() || bytes != end.bytes()) {
            throw wrong("it has " + end.states() + " states in " + end.bytes() + " bytes, of which " + states + " in "
                    + bytes + " came");
        }
    }

    private BackupException wrong(String what) {
        return new BackupException("The node " + extract.node() + " gave shard " + extract.shard()
                + " in a way that cannot be right: " + what
                + ". No backup was taken; earlier ones are as they were. Take it again.");
    }

    private Manifest.BackedShard backed(ExtractPiece end, byte[] list) {
        var files = sections.stream()
                .map(ListedSection::by)
                .distinct()
                .sorted()
                .map(by -> new Manifest.UsedFile(by, by == number ? length : lengthOf(by)))
                .toList();
        return new Manifest.BackedShard(
                extract.shard(),
                extract.position(),
                Long.toHexString(extract.historyHash()),
                number,
                end.states(),
                end.bytes(),
                Digests.hex(end.digest()),
                list.length,
                Digests.hex(Digests.of(list)),
                files);
    }

    private long lengthOf(int by) {
        var known = lengthsBefore.get(by);
        if (known == null) {
            throw new BackupException("The list of shard " + extract.shard() + " names the file "
                    + directory.sections(by, extract.shard()) + ", and the manifest does not. Take a full backup.");
        }
        return known;
    }

    /// How many bytes were written.
    long written() {
        return length;
    }
}
