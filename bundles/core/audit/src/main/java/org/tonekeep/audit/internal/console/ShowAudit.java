package org.tonekeep.audit.internal.console;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.audit.internal.AuditRow;
import org.tonekeep.audit.internal.jpa.EntryStore;
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

  @Option(name = "--limit", description = "At most this many entries (1 to 1000)")
  private int limit = 50;

  @Option(name = "--no-format", description = "Plain columns for scripts")
  private boolean noFormat;

  @Reference private EntryStore store;

  @Override
  protected String feature() {
    return "";
  }

  @Override
  protected void execute(TenantId tenant) {
    ShellTable table = new ShellTable();
    for (String column :
        new String[] {"Time", "Actor", "Action", "Subject", "Owner", "Peer", "Done", "Facts"}) {
      table.column(column);
    }
    table.emptyTableText("No entries");
    for (AuditRow row : store.newest(tenant, action, Math.max(1, Math.min(limit, MOST)))) {
      AuditEntry entry = row.entry();
      table
          .addRow()
          .addContent(
              row.at().toString(),
              actor(entry.actor()),
              entry.action(),
              entry.subject(),
              entry.owner().map(AccountId::value).orElse(""),
              entry.peer(),
              entry.success() ? "yes" : "refused",
              words(entry.facts()));
    }
    table.print(System.out, !noFormat);
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
