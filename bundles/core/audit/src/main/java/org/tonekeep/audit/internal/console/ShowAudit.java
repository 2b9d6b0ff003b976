package org.tonekeep.audit.internal.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.audit.internal.EntryQuery;
import org.tonekeep.audit.internal.EntryStore;
import org.tonekeep.audit.internal.StoredEntry;
import org.tonekeep.console.api.TenantAction;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.tenant.api.TenantId;

/** {@code tonekeep:audit-show -t demo}. */
@Service
@Command(
    scope = "tonekeep",
    name = "audit-show",
    description = "Shows the newest entries of a tenant's audit log, newest first")
public final class ShowAudit extends TenantAction {
  private static final int MOST = 1000;

  @Option(name = "--action", description = "Only actions that begin with this, such as session.")
  private String action = "";

  @Option(name = "--subject", description = "Only acts on this id")
  private String subject = "";

  @Option(name = "--owner", description = "Only acts on what belongs to this account (id)")
  private String owner = "";

  @Option(
      name = "--actor",
      description = "Only acts of this account (id), or of a kind: stranger, operator, platform")
  private String actor = "";

  @Option(
      name = "--since",
      description = "Only acts since this time (2026-11-01T12:00:00Z), or this long ago (PT24H)")
  private String since = "";

  @Option(name = "--limit", description = "At most this many entries (1 to 1000)")
  private int limit = 50;

  @Option(name = "--no-format", description = "Plain columns for scripts")
  private boolean noFormat;

  @Reference private EntryStore store;
  @Reference private Clock clock;

  @Override
  protected String feature() {
    return "";
  }

  @Override
  protected void execute(TenantId tenant) {
    ShellTable table = new ShellTable();
    for (String column :
        new String[] {
          "Time", "Id", "Actor", "Action", "Subject", "Owner", "Peer", "Done", "Facts"
        }) {
      table.column(column);
    }
    table.emptyTableText("No entries");
    String kind = actor.matches("[A-Za-z]+") ? actor.toUpperCase(Locale.ROOT) : actor;
    EntryQuery query =
        new EntryQuery(
            action,
            subject,
            owner,
            kind,
            since.isEmpty() ? Optional.empty() : Optional.of(time()),
            Optional.empty(),
            "",
            Math.max(1, Math.min(limit, MOST)));
    store.list(tenant, query).forEach(entry -> add(table, entry));
    table.print(System.out, !noFormat);
  }

  private Instant time() {
    try {
      return since.startsWith("P")
          ? clock.instant().minus(Duration.parse(since))
          : Instant.parse(since);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "--since is a time such as 2026-11-01T12:00:00Z or a duration such as PT24H", e);
    }
  }

  private static void add(ShellTable table, StoredEntry stored) {
    Optional<AuditEntry> entry = stored.entry();
    table
        .addRow()
        .addContent(
            stored.at().toString(),
            stored.id(),
            entry.map(e -> actor(e.actor())).orElse("erased"),
            stored.action(),
            stored.subject(),
            entry.flatMap(AuditEntry::owner).map(AccountId::value).orElse(""),
            stored.peer(),
            stored.success() == 1 ? "yes" : "refused",
            entry.map(e -> words(e.facts())).orElse(""));
  }

  private static String actor(Actor actor) {
    return actor.id().isEmpty() ? actor.kind().name().toLowerCase(Locale.ROOT) : actor.id();
  }

  private static String words(Map<String, String> facts) {
    return new TreeMap<>(facts)
        .entrySet().stream()
            .map(fact -> fact.getKey() + "=" + fact.getValue())
            .collect(Collectors.joining(" "));
  }
}
