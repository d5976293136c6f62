package io.legion.command.output;

import io.legion.command.output.Paint.Tone;
import java.util.ArrayList;
import java.util.List;

/// Rows whose cells stand below each other.
public final class Table {
    private static final int WIDEST = 120;
    private static final String GAP = "  ";

    private record Row(Tone tone, List<String> cells) {}

    private final Paint paint;
    private final List<Row> rows = new ArrayList<>();

    /// @param head the titles of the columns; one that begins with `>` has numbers below it
    public Table(Paint paint, String... head) {
        this.paint = paint;
        rows.add(new Row(Tone.HEAD, List.of(head)));
    }

    /// Adds a row, whose first cell has this tone.
    public void add(Tone tone, String... cells) {
        rows.add(new Row(
                tone,
                List.of(cells).stream().map(cell -> Words.cut(cell, WIDEST)).toList()));
    }

    /// The lines; none without a row.
    public String text() {
        if (rows.size() == 1) {
            return "";
        }
        var text = new StringBuilder();
        for (var row : rows) {
            var line = new StringBuilder();
            for (int column = 0; column < row.cells().size(); column++) {
                line.append(column == 0 ? "" : GAP).append(painted(row, column));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private String painted(Row row, int column) {
        boolean number = rows.getFirst().cells().get(column).startsWith(">");
        var cell = shown(row, column);
        var gap = " ".repeat(width(column) - cell.length());
        var painted = row.tone() == Tone.HEAD || column == 0 ? paint.of(row.tone(), cell) : cell;
        return number ? gap + painted : painted + gap;
    }

    private String shown(Row row, int column) {
        var cell = row.cells().get(column);
        return row.tone() == Tone.HEAD && cell.startsWith(">") ? cell.substring(1) : cell;
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> shown(row, column).length()).max().orElse(0);
    }
}
