// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.print;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.karaf.shell.support.table.Col;
import org.apache.karaf.shell.support.table.Row;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** Rows under named columns, for a person and for a program. On one thread. */
public final class Listing {
    /** A table pads each row to the widest: of a name of 64 KiB it would make as much of everyone's. */
    private static final int WIDEST = 200;

    private final List<String> columns;
    private final List<List<@Nullable Object>> rows = new ArrayList<>();

    /** The names of the columns: lower case, words joined by underscores; JSON has them as they are. */
    public Listing(String... columns) {
        this.columns = List.of(columns);
    }

    /** Adds a row with a cell for each column. */
    public Listing row(@Nullable Object... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns");
        }
        rows.add(Collections.unmodifiableList(Arrays.asList(cells)));
        return this;
    }

    /** How many rows there are. */
    public int size() {
        return rows.size();
    }

    /**
     * The rows of a selection.
     *
     * @throws IllegalArgumentException when there is no such column to sort by
     */
    public Listing select(Selection selection) {
        Listing selected = new Listing(columns.toArray(String[]::new));
        Pattern wanted = selection.pattern();
        rows.stream()
                .filter(row -> wanted == null || row.stream().anyMatch(cell -> fits(wanted, cell)))
                .forEach(selected.rows::add);
        if (selection.sort() != null) {
            int column = columns.indexOf(selection.sort());
            if (column < 0) {
                throw new IllegalArgumentException(
                        "there is no column '" + selection.sort() + "'; there are " + String.join(", ", columns));
            }
            selected.sort(column);
        }
        if (selection.reverse()) {
            Collections.reverse(selected.rows);
        }
        return selected.page(selection.offset(), selection.limit());
    }

    private void sort(int column) {
        List<Keyed> keyed = new ArrayList<>(rows.size());
        rows.forEach(row -> keyed.add(new Keyed(Cell.key(row.get(column)), row)));
        keyed.sort((a, b) -> Cell.compare(a.key, b.key));
        rows.clear();
        keyed.forEach(one -> rows.add(one.row));
    }

    private record Keyed(@Nullable Object key, List<@Nullable Object> row) {}

    private static boolean fits(Pattern wanted, @Nullable Object cell) {
        return wanted.matcher(Cell.text(cell)).matches();
    }

    private Listing page(int offset, int limit) {
        int from = Math.min(Math.max(0, offset), rows.size());
        int to = limit < 0 ? rows.size() : from + Math.min(limit, rows.size() - from);
        Listing page = new Listing(columns.toArray(String[]::new));
        page.rows.addAll(rows.subList(from, to));
        return page;
    }

    private static String cut(String text) {
        if (text.length() <= WIDEST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(WIDEST - 2)) ? WIDEST - 2 : WIDEST - 1;
        return text.substring(0, end) + "…";
    }

    /** As a table; of a long cell the beginning. */
    public void printTable(PrintStream out) {
        ShellTable table = new ShellTable().emptyTableText("(none)");
        for (int i = 0; i < columns.size(); i++) {
            Col column = new Col(columns.get(i).replace('_', ' '));
            int at = i;
            boolean isNumeric = !rows.isEmpty() && rows.stream().allMatch(row -> row.get(at) instanceof Number);
            table.column(isNumeric ? column.alignRight() : column);
        }
        for (List<@Nullable Object> cells : rows) {
            Row row = table.addRow();
            cells.forEach(cell -> row.addContent(cut(Cell.text(cell))));
        }
        table.print(out);
    }

    /** One line per row, cells separated by tabs, without names. */
    public void printPlain(PrintStream out) {
        Pieces pieces = new Pieces(out);
        for (List<@Nullable Object> cells : rows) {
            for (int i = 0; i < cells.size(); i++) {
                pieces.write(i == 0 ? "" : "\t");
                pieces.write(Cell.text(cells.get(i)));
            }
            pieces.write(System.lineSeparator());
        }
        pieces.flush();
    }

    /** An array of objects. */
    public JsonArray toJson() {
        JsonArray array = new JsonArray();
        rows.forEach(row -> array.add(json(row)));
        return array;
    }

    /** An array of objects over several lines. However many rows there are, little of it is in memory at a time. */
    public void printJson(PrintStream out) {
        Json.readable(this::writeRows, new Pieces(out, Json::harmless));
        out.println();
    }

    private void writeRows(JsonWriter out) throws IOException {
        for (List<@Nullable Object> row : rows) {
            out.beginObject();
            for (int i = 0; i < columns.size(); i++) {
                out.name(columns.get(i));
                Cell.write(out, row.get(i));
            }
            out.endObject();
        }
    }

    private JsonObject json(List<@Nullable Object> row) {
        JsonObject object = new JsonObject();
        for (int i = 0; i < columns.size(); i++) {
            object.add(columns.get(i), Cell.json(row.get(i)));
        }
        return object;
    }
}
