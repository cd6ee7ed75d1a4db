// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.print;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.karaf.shell.support.table.Col;
import org.apache.karaf.shell.support.table.Row;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** Rows under named columns, for a person and for a program. On one thread. */
public final class Listing {
    /** A console sends what it is given at once: many lines together cost it no more than one. */
    private static final int PIECE = 16 * 1024;

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
            Comparator<List<@Nullable Object>> order = (a, b) -> Cell.compare(a.get(column), b.get(column));
            selected.rows.sort(order);
        }
        if (selection.reverse()) {
            Collections.reverse(selected.rows);
        }
        return selected.page(selection.offset(), selection.limit());
    }

    private static boolean fits(Pattern wanted, @Nullable Object cell) {
        return wanted.matcher(Cell.text(cell)).matches();
    }

    private Listing page(int offset, int limit) {
        int from = Math.min(Math.max(0, offset), rows.size());
        int to = limit < 0 ? rows.size() : Math.min(rows.size(), from + limit);
        Listing page = new Listing(columns.toArray(String[]::new));
        page.rows.addAll(rows.subList(from, to));
        return page;
    }

    /** As a table. */
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
            cells.forEach(cell -> row.addContent(Cell.text(cell)));
        }
        table.print(out);
    }

    /** One line per row, cells separated by tabs, without names. */
    public void printPlain(PrintStream out) {
        StringBuilder text = new StringBuilder();
        for (List<@Nullable Object> cells : rows) {
            cells.forEach(cell -> text.append(Cell.text(cell)).append('\t'));
            text.setLength(text.length() - 1);
            text.append(System.lineSeparator());
            if (text.length() > PIECE) {
                out.print(text);
                text.setLength(0);
            }
        }
        out.print(text);
    }

    /** An array of objects. */
    public JsonArray toJson() {
        JsonArray array = new JsonArray();
        for (List<@Nullable Object> cells : rows) {
            JsonObject object = new JsonObject();
            for (int i = 0; i < columns.size(); i++) {
                object.add(columns.get(i), Cell.json(cells.get(i)));
            }
            array.add(object);
        }
        return array;
    }
}
