package org.tonekeep.testing.kit;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.relational.EqualsTo;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.insert.Insert;
import net.sf.jsqlparser.statement.select.FromItem;
import net.sf.jsqlparser.statement.select.Join;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.update.Update;
import net.sf.jsqlparser.util.TablesNamesFinder;

/**
 * House law 1 at the last door before the database: a statement that reads or changes rows of a
 * table says whose they are. Each table of a query, an update or a deletion needs a condition
 * {@code tenant = …} that is joined to the others by AND; an insert names the column. What works on
 * all tenants at once on purpose is listed in {@code tenant-wall.txt}, each line with its reason.
 */
public final class TenantWall {
  private static final String COLUMN = "tenant";

  /** Tables of the database itself and of the migrations: nobody's rows. */
  private static final Set<String> NOBODYS =
      Set.of("persistence_migration", "sysibm.sysdummy1", "pg_database", "pg_settings");

  private static final List<String> WITHOUT_ROWS =
      List.of("create ", "drop ", "alter ", "set ", "values", "call ", "show ", "lock ");

  private final WallExceptions exceptions;
  private final ConcurrentMap<String, Optional<String>> judged = new ConcurrentHashMap<>();

  public TenantWall() {
    this(WallExceptions.listed());
  }

  TenantWall(WallExceptions exceptions) {
    this.exceptions = exceptions;
  }

  /** What is wrong with the statement; empty when nothing is. */
  public Optional<String> objection(String sql) {
    return judged.computeIfAbsent(sql, this::judge);
  }

  private Optional<String> judge(String sql) {
    // To all but Derby its hints are comments, which end with their lines.
    String plain = sql.replaceAll("--DERBY-PROPERTIES[^\n]*", " ");
    String words = plain.strip().replaceAll("\\s+", " ");
    String lower = words.toLowerCase(Locale.ROOT);
    if (WITHOUT_ROWS.stream().anyMatch(lower::startsWith) || exceptions.allow(words)) {
      return Optional.empty();
    }
    try {
      // Derby's hint of isolation is no SQL that others know.
      Judge judge = new Judge();
      judge.see(CCJSqlParserUtil.parse(words.replaceAll("(?i) WITH (RS|RR|CS|UR)$", "")));
      return judge.missing.isEmpty()
          ? Optional.empty()
          : Optional.of("No tenant for " + String.join(", ", judge.missing) + " in: " + words);
    } catch (JSQLParserException e) {
      return Optional.of("The wall cannot read: " + words + " (" + e.getMessage() + ")");
    }
  }

  /** Collects the tables of one statement that lack the condition. */
  private static final class Judge {
    private final Set<String> missing = new HashSet<>();

    void see(Statement statement) {
      if (statement instanceof Select select) {
        seeAll(select);
      } else if (statement instanceof Update update) {
        require(List.of(update.getTable()), conditions(update.getWhere()));
        seeInside(update.getWhere());
        update
            .getUpdateSets()
            .forEach(set -> set.getValues().forEach(value -> seeInside((Expression) value)));
      } else if (statement instanceof Delete delete) {
        require(List.of(delete.getTable()), conditions(delete.getWhere()));
        seeInside(delete.getWhere());
      } else if (statement instanceof Insert insert) {
        if (isWatched(insert.getTable())
            && (insert.getColumns() == null
                || insert.getColumns().stream().noneMatch(TenantWall::isTenant))) {
          missing.add(insert.getTable().getName());
        }
        if (insert.getSelect() instanceof PlainSelect
            || insert.getSelect() instanceof ParenthesedSelect) {
          seeAll(insert.getSelect());
        }
      } else {
        missing.add("a statement of an unknown kind");
      }
    }

    /** The query and every query in it, wherever it stands. */
    private void seeAll(Select select) {
      new TablesNamesFinder<Void>() {
        @Override
        public <S> Void visit(PlainSelect plain, S context) {
          seeOne(plain);
          return super.visit(plain, context);
        }
      }.getTables((Statement) select);
    }

    private void seeInside(Expression expression) {
      if (expression == null) {
        return;
      }
      new TablesNamesFinder<Void>() {
        @Override
        public <S> Void visit(PlainSelect plain, S context) {
          seeOne(plain);
          return super.visit(plain, context);
        }
      }.getTables(expression);
    }

    private void seeOne(PlainSelect select) {
      List<Table> tables = new java.util.ArrayList<>();
      Set<String> conditions = conditions(select.getWhere());
      add(select.getFromItem(), tables);
      if (select.getJoins() != null) {
        for (Join join : select.getJoins()) {
          add(join.getFromItem(), tables);
          join.getOnExpressions().forEach(on -> conditions.addAll(conditions(on)));
        }
      }
      require(tables, conditions);
    }

    private static void add(FromItem item, List<Table> tables) {
      if (item instanceof Table table) {
        tables.add(table);
      }
    }

    private void require(List<Table> tables, Set<String> conditions) {
      for (Table table : tables) {
        if (!isWatched(table)) {
          continue;
        }
        String name = table.getAlias() == null ? table.getName() : table.getAlias().getName();
        boolean alone = tables.size() == 1 && conditions.contains("");
        if (!alone && !conditions.contains(name.toLowerCase(Locale.ROOT))) {
          missing.add(table.getName());
        }
      }
    }

    private static boolean isWatched(Table table) {
      return !NOBODYS.contains(table.getFullyQualifiedName().toLowerCase(Locale.ROOT));
    }

    /** The aliases (or "" where there is none) whose tenant is fixed in every row that passes. */
    private static Set<String> conditions(Expression where) {
      Set<String> found = new HashSet<>();
      if (where instanceof AndExpression and) {
        found.addAll(conditions(and.getLeftExpression()));
        found.addAll(conditions(and.getRightExpression()));
      } else if (where instanceof ParenthesedExpressionList<?> list && list.size() == 1) {
        found.addAll(conditions(list.get(0)));
      } else if (where instanceof EqualsTo equal) {
        for (Expression side : List.of(equal.getLeftExpression(), equal.getRightExpression())) {
          if (side instanceof Column column && isTenant(column)) {
            found.add(
                column.getTable() == null
                    ? ""
                    : column.getTable().getName().toLowerCase(Locale.ROOT));
          }
        }
      }
      return found;
    }
  }

  private static boolean isTenant(Column column) {
    return column.getColumnName().equalsIgnoreCase(COLUMN);
  }
}
